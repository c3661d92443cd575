import { readFileSync } from 'node:fs';
import { startSimulator } from '../../src/simulator/index.ts';
import { explanationOf } from '../support/explain.ts';
import { envWithDiscovery, gatewayOver } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

it('the question that the page about asking has explained is explained like that', async () => {
  const page = readFileSync('docs/asking.md', 'utf8');
  const section = page.slice(page.indexOf('## What will it cost?'), page.indexOf('## How old is it?'));
  const [, body = ''] = /-d '(\{.*\})'/.exec(section) ?? [];
  const { query } = JSON.parse(body) as { query: string };
  const [, shown = ''] = /```json\n([^]*?)```/.exec(section) ?? [];
  const { extensions } = JSON.parse(shown.replace(', …', '')) as { extensions: { explain: unknown } };

  // The demo's workspace and limit, a while after the catalog has been read.
  const clock = new SteppingClock();
  const mode = await startSimulator({ clock });
  const gateway = gatewayOver({ ...envWithDiscovery(mode), MODE_RATE_LIMIT: '40/10s' }, { clock });
  await clock.drive(gateway.catalog.warm(), mode, gateway);
  clock.skip(20_000);
  expect(await explanationOf(gateway, query)).toEqual(extensions.explain);
  await gateway.dispose();
  await mode.close();
});
