import { dirname, join } from 'node:path';
import type { Env } from '../../support/gateway.ts';
import { freePort } from '../../support/free-port.ts';
import { start, type Ended, type Started } from '../../support/program.ts';
import { watchSecrets } from '../../support/secret-watch.ts';
import type { Place } from './place.ts';

/** How a command of the pages is executed. */
export interface Execution {
  /** As the pages have it. */
  readonly command: string;
  /** Where that matters. @default every page that has it */
  readonly page?: string;
  /** Besides what every gateway here is started with. */
  readonly env?: (place: Place) => Env | Promise<Env>;
  /** What is put in the place of what the page can only make up. */
  readonly instead?: (place: Place) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
}

/** Ends by itself. */
export interface EndingExecution extends Execution {
  /** A terminal shows another form than a pipe gets. */
  readonly inTerminal?: true;
  /** What the reader sees, when it has ended with 0. */
  check(ended: Ended, place: Place): void | Promise<void>;
}

/** Runs until somebody stops it. */
export interface ServingExecution extends Execution {
  /** By what it is known to be there; the first group is its address. */
  readonly says: RegExp;
  /** It prints keys, which open nothing but what it has started itself. */
  readonly showsKeys?: true;
  /** By what it is known to have stopped of its own accord. */
  readonly saysLast?: RegExp;
  /** Asks it something. `port` is the free one that was put in the place of the page's. */
  ask(url: string, place: Place, port: number): Promise<void>;
}

export interface Running extends Started {
  /** Put in the place of the one that the page names. */
  readonly port: number;
}

/** Has a shell execute it, where the reader of its page would be. */
export async function begin(execution: EndingExecution | ServingExecution, place: Place): Promise<Running> {
  const { command, env: more, instead } = execution;
  const port = await freePort();
  const env: Env = { ...place.env, ...(await more?.(place)) };
  const text = replaceAll(command, {
    'http://127.0.0.1:4000': place.gateway.origin,
    'http://127.0.0.1:4001': place.gateway.mode.url,
    ...Object.fromEntries((/--port \d+/.exec(command) ?? []).map((named) => [named, `--port ${port}`])),
    ...(await instead?.(place)),
  })
    .replace(/\b(MODE_\w+)=(?:…|your-\w+)/g, (_, name: string) => `${name}=${env[name] ?? ''}`)
    // When cron would execute it.
    .replace(/^(?:[\d*/,-]+ +){5}/, '');
  // What the reader sets must be enough.
  const given = Object.entries(env).filter(([name]) => !text.includes(`${name}=`));
  const isInTerminal = 'inTerminal' in execution;
  const [program, args]: [string, string[]] = isInTerminal
    ? ['script', ['-qec', `stty cols 100 rows 40; ${text}`, '/dev/null']]
    : // That what is piped into another program has failed is no success.
      ['bash', ['-o', 'pipefail', '-c', text]];
  const terminal: Env = isInTerminal ? { TERM: 'xterm' } : {};
  const started = start(program, args, {
    cwd: whereToType(execution, place),
    env: { ...Object.fromEntries(given), ...terminal },
  });
  // So that nothing outlives a test that has failed.
  place.opened.push({ close: () => started.signal('SIGKILL') });
  const watch = watchSecrets('showsKeys' in execution ? {} : env);
  const ended = started.ended.then((how) => {
    watch.look('what a command said', how.stdout + how.stderr);
    return how;
  });
  return { ...started, ended, port };
}

/** In an example's folder, in a clone, or where the package is installed. */
function whereToType({ command, page }: Execution, { clone, installed }: Place): string {
  if (page?.startsWith('examples/')) return join(clone, dirname(page));
  return /\bnpm /.test(command) ? clone : installed;
}

function replaceAll(text: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((so, [from, to]) => so.replaceAll(from, to), text);
}

/** Starts it, asks it, stops it as Ctrl-C does, and looks at how it has ended. */
export async function serveOnce(execution: ServingExecution, place: Place): Promise<void> {
  const running = await begin(execution, place);
  try {
    const [, url = ''] = await running.says(execution.says);
    await execution.ask(url, place, running.port);
  } finally {
    running.signal('SIGINT');
  }
  const { code, stdout, stderr } = await running.ended;
  // npm and npx end by the signal themselves, whatever became of what they have started.
  const isOwn = execution.command.startsWith('mode-graphql');
  const isWell = code === 0 || (code === null && !isOwn);
  expect([isWell, isWell ? '' : stdout + stderr]).toEqual([true, '']);
  expect(stdout + stderr).not.toMatch(/"level":[56]0/);
  if (execution.saysLast) expect(stdout + stderr).toMatch(execution.saysLast);
}

/** Executes it to its end, and looks at what it shows. */
export async function execute(execution: EndingExecution, place: Place): Promise<void> {
  const ended = await (await begin(execution, place)).ended;
  expect([ended.code, ended.code === 0 ? '' : ended.stdout + ended.stderr]).toEqual([0, '']);
  await execution.check(ended, place);
}
