import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { cp } from 'node:fs/promises';
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
});
