import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;

/** `describe` for what needs a Redis. Where there is none it is skipped, but never in CI. */
export function describeWithRedis(name: string, suite: () => void): void {
  if (isInstalled || process.env.CI) describe(name, suite);
  else describe.skip(`${name} (skipped: there is no redis-server on this machine)`, suite);
}

/** A Redis of its own, which keeps nothing on disk, and which can be made to fail. */
export class RedisServer {
  readonly port: number;
  #process: ChildProcess | undefined;
  #folder: string;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), 'redis-')));
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, empty, on the same port. */
  async restart(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#process = spawn('redis-server', [...args, '--dir', this.#folder], { stdio: 'ignore' });
    const failed = once(this.#process, 'error').then(([error]) => Promise.reject(error as Error));
    await Promise.race([failed, this.#answers()]);
  }

  async kill(): Promise<void> {
    const running = this.#process;
    if (running?.exitCode !== null || running.signalCode !== null) return;
    const exit = once(running, 'exit');
    running.kill('SIGKILL');
    await exit;
  }

  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Runs `task` with a client of its own. */
  async use<Result>(task: (redis: Redis) => Promise<Result>): Promise<Result> {
    const redis = new Redis(this.url, { retryStrategy: null, lazyConnect: true });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await task(redis);
    } finally {
      // Of a connection that failed, it would wait two seconds for the end.
      if (redis.status !== 'end') redis.disconnect();
    }
  }

  /** How many scripts it has run since its start. */
  async scriptsRun(): Promise<number> {
    const stats = await this.use((redis) => redis.info('commandstats'));
    return [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    for (;;) {
      try {
        await this.use((redis) => redis.ping());
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
