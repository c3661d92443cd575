import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Behaviour } from '../behaviour.ts';
import { recognise, type Caller, type Credentials } from '../credentials.ts';
import type { Faults } from '../faults.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import { RateWindow } from '../rate-window.ts';
import { failure } from '../rest/answer.ts';
import { answerRest } from '../rest/answer-rest.ts';
import type { SimulatorClock } from '../simulator-clock.ts';
import type { World } from '../world/world.ts';
import { HAL, type Outgoing } from './outgoing.ts';
import { playFault } from './play-fault.ts';
import { retryAfter } from './retry-after.ts';
import { send } from './send.ts';
import { Visit } from './visit.ts';

/** What a simulated Mode is made of. */
export interface ModeParts {
  world: World;
  behaviour: Behaviour;
  credentials: Credentials;
  ledger: Ledger;
  faults: Faults;
  clock: SimulatorClock;
}

/** Serves calls: books them, counts them against the limit, waits, and answers rightly or as a fault has it. */
export class ModeServer {
  readonly #parts: ModeParts;
  readonly #window: RateWindow;
  #serving = 0;

  constructor(parts: ModeParts) {
    this.#parts = parts;
    this.#window = new RateWindow(parts.behaviour);
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    const { behaviour, credentials, clock, faults, ledger } = this.#parts;
    request.resume();
    const path = request.url ?? '/';
    const caller = recognise(credentials, request.headers.authorization);
    this.#serving += 1;
    const entry: LedgerEntry = {
      at: clock.now(),
      answeredAt: undefined,
      method: request.method ?? 'GET',
      path,
      status: 0,
      credential: caller,
      concurrency: this.#serving,
      remaining: undefined,
    };
    ledger.entries.push(entry);
    const visit = new Visit(request, response, entry, clock, () => {
      this.#serving -= 1;
    });

    const refused = this.#refuse(visit, caller);
    const fault = refused ? undefined : faults.claim(path);
    if (fault) entry.fault = fault.kind;
    visit.after(behaviour.latencyMs, () => {
      if (refused) send(visit, refused);
      else if (fault) playFault(visit, fault, () => this.#answer(entry));
      else send(visit, this.#answer(entry));
    });
  }

  /** The 429 for a call over the limit. Sets the limit's headers on the response either way. */
  #refuse(visit: Visit, caller: Caller): Outgoing | undefined {
    const { behaviour, credentials } = this.#parts;
    if (caller !== 'admin' && caller !== 'member') return undefined;
    const { at } = visit.entry;
    const verdict = this.#window.judge(credentials[caller].username, at);
    if (verdict === undefined) return undefined;
    visit.entry.remaining = verdict.remaining;
    visit.response.setHeader('X-RateLimit-Limit', String(verdict.limit));
    visit.response.setHeader('X-RateLimit-Remaining', String(verdict.remaining));
    if (verdict.allowed) return undefined;
    const later = retryAfter(behaviour.retryAfter, at, verdict.waitMs);
    return {
      status: 429,
      headers: { 'Content-Type': HAL, ...(later === undefined ? {} : { 'Retry-After': later }) },
      body: JSON.stringify(failure(429, 'Too many requests.').payload),
    };
  }

  #answer({ method, path, credential }: LedgerEntry): Outgoing {
    const { world, behaviour } = this.#parts;
    const [bare = '', search = ''] = path.split('?', 2);
    const query = new URLSearchParams(search);
    const said = answerRest({ scene: { world, behaviour }, caller: credential, method, path: bare, query });
    return { status: said.status, headers: { 'Content-Type': HAL }, body: JSON.stringify(said.payload) };
  }
}
