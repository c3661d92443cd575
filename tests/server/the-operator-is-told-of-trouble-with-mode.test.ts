import type { Attempt, AttemptEnd } from '../../src/mode/call-observer.ts';
import type { UpstreamApi } from '../../src/mode/errors/upstream-error.ts';
import { upstreamWarnings } from '../../src/server/logs/upstream-warnings.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

describe('the operator is told of trouble with Mode', () => {
  let clock: VirtualClock;
  let told: string[];
  let call: (end: Partial<AttemptEnd>, api?: UpstreamApi) => void;

  beforeEach(() => {
    clock = new VirtualClock();
    told = [];
    const observer = upstreamWarnings((message) => told.push(message), clock);
    call = (end, api = 'REST') => {
      const attempt: Attempt = {
        subject: { api, endpoint: '/reports/{report}' },
        ...{ method: 'GET', host: 'mode.test', sentAt: clock.now(), waitedMs: 0, resends: 0 },
        trails: () => [],
      };
      observer.attempt(attempt).ended({ endedAt: clock.now(), status: undefined, outcome: 'answered', ...end });
    };
  });

  it.each<[string, Partial<AttemptEnd>, string]>([
    ['refuses calls', { status: 429 }, '429'],
    ['does not accept the credential', { status: 401 }, '401'],
    ['fails', { status: 503 }, 'status 503'],
    ['does not answer in time', { outcome: 'timeout' }, 'MODE_TIMEOUT'],
    ['cannot be reached', { outcome: 'failed', failure: 'ENOTFOUND' }, 'no such name, or no network (ENOTFOUND)'],
    ['cannot be reached, nobody knows why', { outcome: 'failed' }, 'the connection failed'],
    ['is hidden behind a login page', { status: 200, isPage: true }, 'a web page (status 200)'],
    ['is refused by a proxy', { status: 403, isPage: true }, 'a web page (status 403)'],
  ])('when it %s: once a minute, with how often', (_, end, word) => {
    for (let n = 0; n < 1_000; n++) call(end);
    expect(told).toEqual([expect.stringContaining(word)]);
    clock.jump(60_000);
    call(end);
    expect(told).toEqual([expect.anything(), expect.stringMatching(/999 more/)]);
  });

  it('each kind and each API by itself', () => {
    for (const api of ['REST', 'DISCOVERY'] as const) {
      call({ status: 429 }, api);
      call({ status: 500 }, api);
    }
    expect(told).toHaveLength(4);
    expect(told.filter((message) => message.includes('Discovery'))).toHaveLength(2);
  });

  it('but not of what is no trouble: answers, things that are not there, calls that nobody wanted any more', () => {
    for (const status of [200, 204, 304, 403, 404, 410]) call({ status });
    call({ status: 404, isPage: true });
    call({ outcome: 'cut' });
    call({ status: 500, outcome: 'cut' });
    // A signature token has ended and is replaced; where it cannot be, the catalog's warning says more.
    call({ status: 401 }, 'DISCOVERY');
    expect(told).toEqual([]);
  });
});
