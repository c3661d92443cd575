import { LIST_KEYS } from '../../src/catalog/list-keys.ts';
import { makeSnapshot, type ListSnapshot } from '../../src/catalog/list-snapshot.ts';
import { memberIdentity } from '../../src/mode/identities.ts';
import { createSlices } from '../../src/mode/slices.ts';
import type { MemberRecord } from '../../src/mode/records.ts';
import { LONG } from '../../src/schema/connection/ordered-rows.ts';
import { prepareBehind, type Preparation } from '../../src/schema/prepare-behind.ts';

const provenance = { source: 'DISCOVERY', asOf: 0 } as const;
const member = (_: unknown, n: number): MemberRecord => memberIdentity(`user${n}`, provenance);

describe('what is prepared behind the answers', () => {
  let looks = 0;
  let members: ListSnapshot<MemberRecord> | undefined;
  let tell: () => void = () => undefined;
  let preparation: Preparation;
  // Each piece of the work looks whether its slice is over. It never is: all that is due is done in one go.
  const slices = createSlices({ lengthMs: Infinity, now: () => looks++, defer: (task) => setImmediate(task) });
  const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

  beforeEach(async () => {
    members = await makeSnapshot(
      LIST_KEYS.members,
      Array.from({ length: LONG }, member),
      { asOf: 0, pages: 1 },
      undefined,
      slices,
    );
    preparation = prepareBehind(
      {
        peek: (name) => (name === 'members' ? (members as never) : undefined),
        watch: (watcher) => {
          tell = watcher;
          return () => (tell = () => undefined);
        },
      },
      slices,
    );
    looks = 0;
  });

  afterEach(() => {
    preparation.stop();
  });

  it('is prepared when a list has come', async () => {
    tell();
    await aWhile();
    expect(looks).toBeGreaterThan(LONG);
  });

  it('is not prepared before the lists that are being taken up have come, and then is', async () => {
    let finish: () => void = () => undefined;
    const other = preparation.after(() => Promise.resolve('at once'));
    const restored = preparation.after(() => new Promise<void>((resolve) => (finish = resolve)));
    expect(await other).toBe('at once');
    tell();
    await aWhile();
    expect(looks).toBe(0);
    finish();
    await restored;
    await aWhile();
    expect(looks).toBeGreaterThan(LONG);
  });

  it('is prepared too when taking up failed, and its failure told', async () => {
    const failed = preparation.after(() => {
      tell();
      return Promise.reject(new Error('no such folder'));
    });
    await expect(failed).rejects.toThrow('no such folder');
    await aWhile();
    expect(looks).toBeGreaterThan(LONG);
  });

  it('is not prepared when nothing has come, nor after it was stopped', async () => {
    await preparation.after(() => Promise.resolve());
    await aWhile();
    preparation.stop();
    tell();
    await aWhile();
    expect(looks).toBe(0);
  });
});
