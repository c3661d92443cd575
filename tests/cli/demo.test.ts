import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, PROJECT } from '../support/command.ts';
import { askAt } from '../support/gateway.ts';

describe('mode-graphql demo', () => {
  let folder: string;

  beforeAll(async () => {
    // A copy: through a mere link Node would see the real path again.
    folder = join(await mkdtemp(join(tmpdir(), 'mode-graphql-')), 'a folder with späces');
    await mkdir(folder);
    for (const each of ['src', 'package.json', 'tsconfig.json']) {
      await cp(join(PROJECT, each), join(folder, each), { recursive: true });
    }
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => rm(join(folder, '..'), { recursive: true }));

  it.each([
    ['the project’s folder', 'SIGINT', () => PROJECT],
    ['a path with a space', 'SIGTERM', () => folder],
  ] as const)(
    'answers from %s without an account, prints where, and stops cleanly on %s',
    async (_where, signal, cwd) => {
      const command = new Command(['demo'], { cwd: cwd(), env: { PORT: '0', MODE_WORKSPACE: 'not looked at' } });
      const [, url = ''] = await command.says(/GraphiQL +(\S+)\/graphql/);
      await command.says(/Ctrl-C/);

      // The first question, and already the whole answer.
      const first = await askAt(url, '{ workspace { collections(first: 5) { totalCount } } }');
      expect(first.data).toEqual({ workspace: { collections: { totalCount: 120 } } });
      expect(first.extensions).toMatchObject({ upstream: { notes: [] } });
      expect(command.stdout).not.toContain('is taken');

      const questions = [...command.stdout.matchAll(/^ {5}(\{.+\})$/gm)].map(([, question = '']) => question);
      expect(questions).toHaveLength(3);
      for (const question of questions) {
        const answer = await askAt(url, question);
        expect(answer.errors).toBeUndefined();
        expect(JSON.stringify(answer.data)).not.toContain(':null');
      }
      expect((await fetch(`${url}/ready`)).status).toBe(200);

      command.signal(signal);
      expect(await command.exit).toBe(0);
      expect(command.stderr).toBe('');
    },
  );

  it('says so when the usual port is taken, and which one it has instead', async () => {
    const other = createServer();
    // Whoever has it already will do as well.
    await new Promise<void>((resolve) => other.once('error', () => resolve()).listen(4_000, '127.0.0.1', resolve));
    const command = new Command(['demo']);
    const [, port = ''] = await command.says(/^Port 4000 is taken: this one is (\d+)\.$/m);
    const [, url = ''] = await command.says(/GraphiQL +(\S+)\/graphql/);
    expect(new URL(url).port).toBe(port);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    command.signal('SIGTERM');
    expect(await command.exit).toBe(0);
    other.close();
  });
});
