import type { Simulator } from '../../src/simulator/index.ts';
import { askAt, envFor, startSmallMode } from '../support/gateway.ts';
import { Command } from '../support/command.ts';

const SECRET = 'marked-secret-7b1f';
const TOKEN = 'marked-token-55aa';

describe('a gateway whose secret Mode does not accept', () => {
  let mode: Simulator;
  let command: Command;
  let url: string;

  beforeAll(async () => {
    mode = await startSmallMode();
    command = new Command(['serve'], {
      env: { ...envFor(mode), MODE_API_TOKEN: TOKEN, MODE_API_SECRET: SECRET, LOG_LEVEL: 'trace' },
    });
    const [, said = ''] = await command.says(/"url":"([^"]+)\/graphql"/);
    url = said;
  });

  afterAll(async () => {
    command.signal('SIGTERM');
    await command.exit;
    await mode.close();
  });

  it('says so in the answer, in /ready, and keeps running', async () => {
    const answer = await askAt(
      url,
      '{ workspace { username collections { totalCount } } report(token: "abc") { name } }',
    );
    expect(answer.data).toEqual({ workspace: { username: 'acme', collections: null }, report: null });
    expect(answer.errors?.map(({ path, extensions }) => ({ path, code: extensions?.code }))).toEqual(
      expect.arrayContaining([
        { path: ['workspace', 'collections'], code: 'UPSTREAM_UNAUTHENTICATED' },
        { path: ['report'], code: 'UPSTREAM_UNAUTHENTICATED' },
      ]),
    );
    const ready = await fetch(`${url}/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      ready: false,
      code: 'UPSTREAM_UNAUTHENTICATED',
      reason: expect.stringContaining('credential') as unknown,
    });
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('shows the secret to nobody: not in an answer, not in /ready, not in the log', async () => {
    mode.faults.inject({ match: /data_sources/, kind: 'status500' });
    const texts = [
      JSON.stringify(
        await askAt(
          url,
          '{ workspace { name dataSources { nodes { name } } members { nodes { name } } reports { totalCount } } }',
        ),
      ),
      await (await fetch(`${url}/ready`)).text(),
      await (await fetch(`${url}/graphql`, { method: 'POST', body: '{' })).text(),
    ];
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
    const everything = [...texts, command.stdout, command.stderr].join('\n');
    const encoded = Buffer.from(`${TOKEN}:${SECRET}`).toString('base64');
    for (const secret of [SECRET, TOKEN, encoded]) expect(everything).not.toContain(secret);
    expect(command.stderr).toContain('stopped');
  });
});
