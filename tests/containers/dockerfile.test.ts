import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
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

  it('builds all that it runs from what it copies: the gateway, and the explorer that it serves', async () => {
    const build = stages.find(({ alias }) => alias === 'build');
    const folder = await mkdtemp(join(tmpdir(), 'image-'));
    try {
      const sources = build ? copiesOf(build).flatMap((copy) => copy.sources) : [];
      for (const source of sources) await cp(join(ROOT, source), join(folder, source), { recursive: true });
      await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      const commands = textsOf(build, 'RUN').filter((text) => !text.startsWith('npm ci'));
      expect(commands).toEqual(['npm run build']);
      await promisify(execFile)('npm', ['run', 'build'], { cwd: folder });

      // As the image starts it, but for the command: what is compiled finds the explorer beside it.
      const demo = spawn(process.execPath, ['dist/cli.js', 'demo'], {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', PORT: '0' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const closed = once(demo, 'close');
      try {
        let said = '';
        for await (const chunk of demo.stdout) {
          said += String(chunk);
          if (said.includes('Ctrl-C')) break;
        }
        const [, url = ''] = /GraphiQL +(\S+)/.exec(said) ?? [];
        const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
        const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(page) ?? [];
        const loaded = await fetch(new URL(script, url));
        expect([loaded.status, loaded.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
      } finally {
        demo.kill();
        await closed;
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 300_000);

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
