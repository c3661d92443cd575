import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../src/simulator/index.ts';
import { bill, envFor, envWithDiscovery, gatewayOver, startSmallMode } from '../support/gateway.ts';

describe('a catalog that was stored with one API key', () => {
  let mode: Simulator;
  let directory: string;

  beforeAll(async () => {
    mode = await startSmallMode();
    directory = await mkdtemp(join(tmpdir(), 'catalog-'));
    const first = gatewayOver({ ...envWithDiscovery(mode), CATALOG_DIR: directory });
    await first.restore();
    await first.catalog.warm();
    await first.dispose();
  });

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    await mode.close();
  });

  const asOf = (gateway: ReturnType<typeof gatewayOver>) => gateway.catalog.status().map((list) => list.asOf);

  it('is not taken up by another, which asks Mode itself, and lies untouched', async () => {
    const { MODE_API_TOKEN, MODE_API_SECRET } = envFor(mode, 'member');
    const stored = await readdir(directory);
    const warnings: string[] = [];
    const gateway = gatewayOver(
      { ...envWithDiscovery(mode), CATALOG_DIR: directory, ...{ MODE_API_TOKEN, MODE_API_SECRET } } as Record<
        string,
        string
      >,
      { warn: (message) => warnings.push(message) },
    );

    await gateway.restore();

    expect(asOf(gateway)).toEqual(gateway.catalog.status().map(() => null));
    expect((await bill(mode, gateway, '{ workspace { dataSources { nodes { name } } } }')).calls).not.toEqual([]);
    expect(mode.ledger.entries.every((entry) => entry.credential === 'member')).toBe(true);
    await gateway.dispose();
    expect(await readdir(directory)).toEqual(expect.arrayContaining(stored));
    expect(warnings).toEqual([]);
  });

  it('is taken up by the same, and neither key is named in the folder', async () => {
    const gateway = gatewayOver({ ...envWithDiscovery(mode), CATALOG_DIR: directory });
    await gateway.restore();
    expect(asOf(gateway)).toEqual(gateway.catalog.status().map(() => expect.any(Number) as unknown));
    await gateway.dispose();
    const names = (await readdir(directory)).join('\n');
    expect(names).not.toContain(mode.credentials.admin.token);
    expect(names).not.toContain(mode.credentials.member.token);
  });
});
