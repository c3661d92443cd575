import { FIRST_NAMES, LAST_NAMES } from './people-vocabulary.ts';
import { Random } from './random.ts';
import type { SimMember } from './rows.ts';
import { DAY, FIRST_DAY, recently, soonAfter, stamp, TODAY } from './timeline.ts';
import type { TokenMint } from './tokens.ts';

/** The first member is the admin behind the workspace key and the second and the third those behind the members' keys. */
export function makeMembers(seed: number, mint: TokenMint, workspace: string, count: number): SimMember[] {
  const random = new Random(seed, 'members');
  const usernames = new Set<string>([workspace]);
  return Array.from({ length: count }, (_, index): SimMember => {
    const first = random.pick(FIRST_NAMES);
    const last = random.pick(LAST_NAMES);
    const plain = `${first}${last}`.toLowerCase();
    let username = plain;
    for (let suffix = 2; usernames.has(username); suffix += 1) username = `${plain}${suffix}`;
    usernames.add(username);
    const createdAt = soonAfter(random, FIRST_DAY, TODAY - 30 * DAY);
    const deactivated = index > 1 && random.chance(0.1);
    return {
      token: mint.next(),
      id: 610_000 + index * 7 + random.int(0, 6),
      username,
      name: `${first} ${last}`,
      email: `${username}@${workspace}.test`,
      admin: index === 0 || (index > 1 && !deactivated && random.chance(0.06)),
      state: deactivated ? 'deactivated' : 'active',
      createdAt: stamp(createdAt),
      activatedAt: stamp(createdAt + random.int(1, 3 * DAY)),
      bannedAt: deactivated ? stamp(recently(random, createdAt + 4 * DAY, TODAY)) : null,
    };
  });
}
