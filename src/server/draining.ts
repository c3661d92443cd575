import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { cutShort, refuseStopping, sayUnready } from './stopping.ts';

export interface DrainingOptions {
  /** Milliseconds that running requests get to finish, from when new ones are refused. */
  readonly drainMs: number;
  /** Milliseconds in which `/ready` says no and everything else is still answered. @default 0 */
  readonly delayMs?: number;
}

/** How the end went. */
export interface Stopped {
  /** Questions that outlasted the drain and were told to come back. */
  readonly cut: number;
}

/**
 * `leaving`: probes are told, so that a load balancer sends nobody any more. `refusing`: running questions finish,
 * whoever asks anew is told to come back. `closing`: nobody is heard any more.
 */
type State = 'open' | 'leaving' | 'refusing' | 'closing';

/** What tells about the process goes on doing so as long as it lives. */
const OPEN_TO_THE_END = new Set(['/health', '/metrics']);

/** The last answers get this long to be written, whoever reads them. */
const LAST_WORDS_MS = 500;

/**
 * Who is let in, and how everybody gets out again: the listener stays open until the last question is answered, so
 * that whoever has not heard yet is told 503 and not that nobody is here.
 */
export class Draining {
  readonly #server: Server;
  readonly #options: DrainingOptions;
  #state: State = 'open';
  /** Open connections, and what is being answered on each. */
  readonly #connections = new Map<Socket, Set<ServerResponse>>();
  /** What the drain waits for. */
  readonly #questions = new Set<ServerResponse>();
  #emptied: (() => void) | undefined;
  #stopped: Promise<Stopped> | undefined;

  constructor(server: Server, options: DrainingOptions) {
    this.#server = server;
    this.#options = options;
    server.on('connection', (socket: Socket) => {
      this.#connections.set(socket, new Set());
      socket.once('close', () => this.#connections.delete(socket));
    });
  }

  /** Whether the request is to be answered; if not, it has been. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    const path = request.url?.split('?', 1)[0] ?? '/';
    this.#follow(request.socket, response);
    if (this.#state === 'open') {
      this.#questions.add(response);
      return true;
    }
    response.setHeader('connection', 'close');
    if (path === '/ready') {
      sayUnready(response);
      return false;
    }
    if (this.#state === 'leaving') this.#questions.add(response);
    else if (!OPEN_TO_THE_END.has(path)) {
      refuseStopping(response);
      return false;
    }
    return true;
  }

  /** Lets running questions finish, cuts those that outlast the drain, closes the server. May be called again. */
  stop(): Promise<Stopped> {
    this.#stopped ??= this.#drain();
    return this.#stopped;
  }

  async #drain(): Promise<Stopped> {
    const { drainMs, delayMs = 0 } = this.#options;
    this.#state = 'leaving';
    if (delayMs > 0) await sleep(delayMs);
    this.#state = 'refusing';
    // The caller would else keep the connection for its next question.
    for (const response of this.#questions) if (!response.headersSent) response.setHeader('connection', 'close');
    await this.#untilEmpty(drainMs);
    const cut = this.#questions.size;
    this.#state = 'closing';
    for (const response of [...this.#questions]) cutShort(response);
    await this.#close();
    return { cut };
  }

  async #untilEmpty(atMostMs: number): Promise<void> {
    if (this.#questions.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, atMostMs);
      this.#emptied = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #close(): Promise<void> {
    return new Promise((resolve) => {
      const cut = setTimeout(() => this.#server.closeAllConnections(), LAST_WORDS_MS);
      this.#server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      // Also those that have not asked anything yet, which Node does not take for idle.
      for (const [socket, responses] of this.#connections) if (responses.size === 0) socket.destroy();
    });
  }

  #follow(socket: Socket, response: ServerResponse): void {
    const responses = this.#connections.get(socket);
    if (this.#state !== 'open') {
      // One that closes the connection would keep this one, which was sent behind it, from being answered.
      for (const earlier of responses ?? []) if (!earlier.headersSent) earlier.setHeader('connection', 'keep-alive');
    }
    responses?.add(response);
    response.once('close', () => {
      responses?.delete(response);
      this.#questions.delete(response);
      if (this.#state === 'closing' && responses?.size === 0) socket.destroySoon();
      if (this.#questions.size === 0) this.#emptied?.();
    });
  }
}
