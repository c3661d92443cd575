import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startGatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { copiesOf, execForm, readStages, textsOf } from './dockerfile.ts';

const ROOT = resolve(__dirname, '../..');
const stages = readStages(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
const last = stages.at(-1);
const scripts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly bin: Readonly<Record<string, string>>;
};

describe('the image', () => {
  it('is built on the LTS of Node.js, in stages, none of which floats', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(stages.map(({ image }) => image)).toEqual(stages.map(() => 'node:24-slim'));
  });

  it('holds production dependencies only, and runs no package’s install script', () => {
    const installs = stages.flatMap((stage) => textsOf(stage, 'RUN')).filter((text) => text.startsWith('npm ci'));
    expect(installs).toEqual(['npm ci --ignore-scripts', 'npm ci --omit=dev --ignore-scripts']);
    const modules = copiesOf(last ?? { image: '', alias: undefined, instructions: [] }).filter(({ sources }) =>
      sources.some((source) => source.endsWith('node_modules')),
    );
    expect(modules.map(({ from }) => from)).toEqual(['dependencies']);
    expect(
      textsOf(
        stages.find(({ alias }) => alias === 'dependencies'),
        'RUN',
      ),
    ).toEqual(installs.slice(1));
  });

  it('copies only what is there, and what .dockerignore lets through', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    const letThrough = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const sources = stages
      .flatMap(copiesOf)
      .filter(({ from }) => from === undefined)
      .flatMap((copy) => copy.sources);
    for (const source of sources) {
      const path = source.replace(/^\.\//, '');
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
      expect(letThrough).toContain(path);
    }
    const aliases = stages.map(({ alias }) => alias);
    for (const { from } of stages.flatMap(copiesOf)) if (from !== undefined) expect(aliases).toContain(from);
  });

  it('lets nothing into the build that could hold a secret', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(ignored.find((line) => line !== '' && !line.startsWith('#'))).toBe('*');
    expect(ignored.filter((line) => /^!.*(env|git|artifacts|npmrc)/.test(line))).toEqual([]);
    const set = stages.flatMap((stage) => [...textsOf(stage, 'ENV'), ...textsOf(stage, 'ARG')]);
    expect(set).toEqual(['NODE_ENV=production HOST=0.0.0.0 PORT=4000 CATALOG_DIR=/var/cache/mode-graphql']);
  });

  it('runs as a user without rights', () => {
    expect(textsOf(last, 'USER')).toEqual(['node']);
  });

  it('starts node itself, which then gets the signals', () => {
    const [file] = Object.values(scripts.bin);
    expect(execForm(textsOf(last, 'ENTRYPOINT')[0])).toEqual(['node', file]);
    expect(execForm(textsOf(last, 'CMD')[0])).toEqual(['serve']);
  });

  it('is healthy while the gateway answers, and unhealthy when it does not', async () => {
    const [check] = textsOf(last, 'HEALTHCHECK');
    const [, command] = /CMD\s+(\[.*\])$/.exec(check ?? '') ?? [];
    const gateway = await startGatewayOnSimulator(
      { collections: 1, reports: 1 },
      { GATEWAY_API_KEYS: 'some-key-or-other' },
    );
    const { port } = new URL(gateway.origin);
    expect(await exitCode(execForm(command), port)).toBe(0);
    await gateway.stop();
    expect(await exitCode(execForm(command), port)).toBe(1);
  });
});

async function exitCode([, ...args]: readonly string[], port: string): Promise<unknown> {
  const child = spawn(process.execPath, args, { env: { ...process.env, PORT: port }, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [unknown];
  return code;
}
