import { answerDiscovery } from '../../src/simulator/discovery/answer-discovery.ts';
import { isLive, SignatureTokens } from '../../src/simulator/discovery/signature-tokens.ts';
import { copyWorld } from '../../src/simulator/world/copy-world.ts';
import { Random } from '../../src/simulator/world/random.ts';
import { answerRest } from '../../src/simulator/rest/answer-rest.ts';
import { behaviour, world } from './truth.ts';

export interface Said {
  readonly status: number;
  readonly body: string;
}

export interface Asked {
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
  readonly now: number;
}

/** What is said of a world that never changes is always the same, and is written once for all schedules. */
const written = new Map<string, Said>();
const seenByDiscovery = copyWorld(world);

/** What an honest Mode says to the one credential there is. Signature tokens are the only thing that changes in it. */
export class SaidByMode {
  static readonly authorization = 'Basic c2ltdWxhdGlvbjpzZWNyZXQ=';
  readonly tokens: SignatureTokens;

  constructor(now: number) {
    this.tokens = new SignatureTokens(1, now);
  }

  to(asked: Asked): Said {
    const api = asked.path.startsWith('/batch/') ? 'discovery' : 'rest';
    const isKnown = asked.authorization === SaidByMode.authorization;
    const bearer = api === 'rest' || isKnown ? 'none' : this.#bearer(asked);
    const name = `${asked.method} ${asked.path} ${isKnown} ${bearer}`;
    const said = asked.method === 'GET' ? written.get(name) : undefined;
    if (said) return said;
    const { status, payload } = api === 'rest' ? this.#rest(asked, isKnown) : this.#discovery(asked, isKnown, bearer);
    const fresh = { status, body: JSON.stringify(payload) };
    if (asked.method === 'GET') written.set(name, fresh);
    return fresh;
  }

  #rest({ method, path: url }: Asked, isKnown: boolean) {
    const [path = '', search = ''] = url.split('?', 2);
    const query = new URLSearchParams(search);
    return answerRest({ scene: { world, behaviour }, caller: isKnown ? 'admin' : 'unknown', method, path, query });
  }

  #discovery({ method, path: url, body, now }: Asked, isKnown: boolean, bearer: 'none' | 'live' | 'dead') {
    const [path = '', search = ''] = url.split('?', 2);
    return answerDiscovery({
      scene: { world: seenByDiscovery, behaviour },
      identity: { api: 'DISCOVERY', caller: isKnown ? 'admin' : 'discovery', bearer, bucket: undefined },
      method,
      path,
      query: new URLSearchParams(search),
      body,
      now,
      tokens: this.tokens,
      nextRandom: () => new Random(1, 'pages'),
    });
  }

  #bearer({ authorization, now }: Asked): 'live' | 'dead' {
    const token = this.tokens.recognise(authorization.replace('Bearer ', ''));
    return token && isLive(token, now) ? 'live' : 'dead';
  }
}
