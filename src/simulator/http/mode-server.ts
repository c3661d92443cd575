import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Behaviour } from '../behaviour.ts';
import type { Credentials } from '../credentials.ts';
import { answerDiscovery } from '../discovery/answer-discovery.ts';
import type { Discovery } from '../discovery/discovery.ts';
import type { Faults } from '../faults.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import { RateWindow } from '../rate-window.ts';
import { failure } from '../rest/answer.ts';
import { answerRest } from '../rest/answer-rest.ts';
import type { SimulatorClock } from '../simulator-clock.ts';
import type { World } from '../world/world.ts';
import { identify, type Identity } from './identify.ts';
import { CONTENT_TYPE, type Outgoing } from './outgoing.ts';
import { playFault } from './play-fault.ts';
import { readBody } from './read-body.ts';
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
  discovery: Discovery;
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
    const { behaviour, credentials, clock, faults, ledger, discovery } = this.#parts;
    const { method = 'GET', url: path = '/' } = request;
    const at = clock.now();
    const identity = identify(request, { credentials, tokens: discovery.tokens, behaviour }, at);
    this.#serving += 1;
    const entry: LedgerEntry = {
      at,
      answeredAt: undefined,
      api: identity.api,
      method,
      path,
      status: 0,
      credential: identity.caller,
      concurrency: this.#serving,
      remaining: undefined,
    };
    ledger.entries.push(entry);
    const visit = new Visit(request, response, entry, clock, () => {
      this.#serving -= 1;
    });

    // Mode's own clock, whatever this machine's says.
    response.setHeader('Date', new Date(at).toUTCString());
    const refused = this.#refuse(visit, identity);
    const fault = refused ? undefined : faults.claim(path);
    if (fault) entry.fault = fault.kind;
    const respond = (body: string): void =>
      visit.after(identity.api === 'REST' ? behaviour.latencyMs : behaviour.discoveryLatencyMs, () => {
        if (refused) send(visit, refused);
        else if (fault) playFault(visit, fault, () => this.#answer(entry, identity, body));
        else send(visit, this.#answer(entry, identity, body));
      });
    if (method === 'GET') {
      request.resume();
      respond('');
      return;
    }
    // A client that goes away in the middle of its question gets no answer; the visit books that.
    void readBody(request).then(respond, () => undefined);
  }

  /** The 429 for a call over the limit. Sets the limit's headers on the response either way. */
  #refuse(visit: Visit, { api, bucket }: Identity): Outgoing | undefined {
    const { behaviour } = this.#parts;
    if (bucket === undefined) return undefined;
    const { at } = visit.entry;
    const verdict = this.#window.judge(bucket, at);
    if (verdict === undefined) return undefined;
    visit.entry.remaining = verdict.remaining;
    visit.response.setHeader('X-RateLimit-Limit', String(verdict.limit));
    visit.response.setHeader('X-RateLimit-Remaining', String(verdict.remaining));
    if (verdict.allowed) return undefined;
    const later = retryAfter(behaviour.retryAfter, at, verdict.waitMs);
    return {
      status: 429,
      headers: { 'Content-Type': CONTENT_TYPE[api], ...(later === undefined ? {} : { 'Retry-After': later }) },
      body: JSON.stringify(failure(429, 'Too many requests.').payload),
    };
  }

  #answer({ method, path: url, credential, api }: LedgerEntry, identity: Identity, body: string): Outgoing {
    const { world, behaviour, discovery, clock } = this.#parts;
    const [path = '', search = ''] = url.split('?', 2);
    const query = new URLSearchParams(search);
    const said =
      api === 'REST'
        ? answerRest({ scene: { world, behaviour }, caller: credential, method, path, query })
        : answerDiscovery({
            scene: { world: discovery.snapshot, behaviour },
            identity,
            method,
            path,
            query,
            body,
            now: clock.now(),
            tokens: discovery.tokens,
            nextRandom: () => discovery.nextRandom(),
          });
    return { status: said.status, headers: { 'Content-Type': CONTENT_TYPE[api] }, body: JSON.stringify(said.payload) };
  }
}
