import { ConfigError, createGateway, loadTracing, readConfig } from '../../src/index.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envFor, post, startSmallMode } from '../support/gateway.ts';
import { Collector } from '../support/otlp-collector.ts';

let mode: Simulator;
let collector: Collector;

beforeAll(async () => {
  mode = await startSmallMode();
  collector = await Collector.start();
});
afterAll(async () => {
  await collector.close();
  await mode.close();
});

describe('loadTracing', () => {
  it('loads nothing where no collector is named, and complains of what cannot be read', async () => {
    expect(await loadTracing(envFor(mode))).toBeUndefined();
    await expect(loadTracing({ MODE_WORKSPACE: 'acme' })).rejects.toThrow(ConfigError);
  });

  it.each([
    ['variables', () => ({ ...envFor(mode), OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })],
    ['what was read of them', () => readConfig({ ...envFor(mode), OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })],
  ])('sends the spans of a mounted gateway where they say, given %s, the last when it stops', async (_what, config) => {
    collector.deliveries.length = 0;
    const gateway = createGateway(config(), { tracing: await loadTracing(config()) });
    await gateway.fetch('http://gateway/graphql', post('{ workspace { name } }'));
    await gateway.stop();
    expect(collector.deliveries.map(({ path }) => path)).toEqual(['/v1/traces']);
    expect(collector.spans.map(({ name }) => name).sort()).toEqual(['GET /{workspace}', 'query']);
  });
});
