import {
  startSimulator,
  type CredentialName,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.ts';

/** The parts of Mode's payloads that the tests look at. */
export interface Hal {
  [field: string]: unknown;
  token?: unknown;
  _links: Record<string, { href: string; templated?: boolean } | undefined>;
  _embedded: Record<string, Hal[] | undefined>;
  _forms?: Record<string, unknown>;
  pagination?: Record<string, number>;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: Hal;
}

/** A small simulator, answering at once and without a limit, and a way to ask it. */
export class TestMode {
  readonly mode: Simulator;

  private constructor(mode: Simulator) {
    this.mode = mode;
  }

  static async start(options: Partial<SimulatorOptions> = {}): Promise<TestMode> {
    const behaviour = { rateLimit: null, latencyMs: 0, discoveryLatencyMs: 0, ...options.behaviour };
    const size = { collections: 40, reports: 500, members: 30, dataSources: 4, ...options.size };
    return new TestMode(await startSimulator({ seed: 7, ...options, size, behaviour }));
  }

  header(who: CredentialName): string {
    const { token, secret } = this.mode.credentials[who];
    return `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`;
  }

  fetch(path: string, who: CredentialName | 'nobody' = 'admin', init: RequestInit = {}): Promise<Response> {
    const headers = who === 'nobody' ? {} : { authorization: this.header(who) };
    return fetch(this.mode.url + path, { ...init, headers });
  }

  async get(path: string, who: CredentialName | 'nobody' = 'admin'): Promise<Reply> {
    const response = await this.fetch(path, who);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Hal };
  }

  async status(path: string, who: CredentialName | 'nobody' = 'admin'): Promise<number> {
    return (await this.get(path, who)).status;
  }

  /** The rows of one answer. */
  async rows(path: string, key: string, who: CredentialName = 'admin'): Promise<Hal[]> {
    return (await this.get(path, who)).body._embedded[key] ?? [];
  }

  /** Walks `page=1, 2, …` until an empty page. */
  async walk(path: string, key: string, who: CredentialName = 'admin'): Promise<Hal[]> {
    const all: Hal[] = [];
    for (let page = 1; ; page += 1) {
      const rows = await this.rows(`${path}${path.includes('?') ? '&' : '?'}page=${page}`, key, who);
      if (rows.length === 0) return all;
      all.push(...rows);
    }
  }
}

export function tokens(rows: readonly { token?: unknown }[]): string[] {
  return rows.map((row) => String(row.token));
}

/** The first one, for tests that need one and do not care which. */
export function first<T>(rows: readonly T[], fits: (row: T) => boolean = () => true): T {
  const found = rows.find(fits);
  if (found === undefined) throw new Error('the world has none of these');
  return found;
}
