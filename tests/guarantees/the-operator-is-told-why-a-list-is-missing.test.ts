import { DISCOVERY_LISTS } from '../../src/mode/discovery-client.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { envWithDiscovery, gatewayOver, startSmallMode, until } from '../support/gateway.ts';

const WRONG = {
  MODE_DISCOVERY_TOKEN: 'marked-token-11c2',
  MODE_DISCOVERY_ACCESS_KEY: 'marked-key-93fa',
  MODE_DISCOVERY_ACCESS_SECRET: 'marked-secret-7b1f',
};

describe('the operator of a gateway', () => {
  let mode: Simulator;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  afterEach(() => {
    mode.behaviour.discoveryLatencyMs = 0;
    mode.behaviour.latencyMs = 0;
  });

  afterAll(() => mode.close());

  it.each([401, 404] as const)(
    'whose signature token Mode refuses with %s reads which lists are missing and why, and no secret',
    async (deadToken) => {
      mode.behaviour.deadToken = deadToken;
      const warnings: string[] = [];
      const env = { ...envWithDiscovery(mode), ...WRONG };
      const gateway = gatewayOver(env, { warn: (message) => warnings.push(message) });

      await gateway.catalog.warm();

      expect(warnings).toHaveLength(DISCOVERY_LISTS.length);
      for (const name of DISCOVERY_LISTS) {
        expect(warnings.filter((text) => text.includes(`list of ${name} `))).toEqual([
          expect.stringContaining('UPSTREAM_UNAUTHENTICATED'),
        ]);
      }
      const said = warnings.join('\n');
      const secrets = [...Object.values(WRONG), mode.credentials.admin.token, mode.credentials.admin.secret, mode.url];
      for (const secret of secrets) expect(said).not.toContain(secret);
      await gateway.dispose();
      expect(warnings).toHaveLength(DISCOVERY_LISTS.length);
    },
  );

  it('who stops it while it reads is not told of what was cut', async () => {
    mode.behaviour.discoveryLatencyMs = 30;
    mode.behaviour.latencyMs = 30;
    const warnings: string[] = [];
    const gateway = gatewayOver({ ...envWithDiscovery(mode), ...WRONG }, { warn: (message) => warnings.push(message) });
    const warming = gateway.catalog.warm();
    await until(() => gateway.throttle.state().running > 0);

    await gateway.dispose();

    await warming;
    await until(() => gateway.throttle.state().running + gateway.throttle.state().queued === 0);
    expect(warnings).toEqual([]);
  });

  it('whose lists are all read is told nothing', async () => {
    const warnings: string[] = [];
    const gateway = gatewayOver(envWithDiscovery(mode), { warn: (message) => warnings.push(message) });
    await gateway.catalog.warm();
    expect(warnings).toEqual([]);
    await gateway.dispose();
  });
});
