import { Random } from './random.ts';
import type { SimCollection, SimMember } from './rows.ts';
import type { TokenMint } from './tokens.ts';
import { DESCRIPTIONS, REGIONS, TEAMS } from './vocabulary.ts';

/** Share of the custom collections that the member key may not see. */
const CLOSED_TO_MEMBER = 0.3;

/**
 * One community collection, a private one for about one in six, and custom ones for the rest. Of the custom ones some
 * are restricted to people who belong to them; the second member, the one behind the member key, is in few of those.
 */
export function makeCollections(seed: number, mint: TokenMint, members: SimMember[], count: number): SimCollection[] {
  const random = new Random(seed, 'collections');
  const privateCount = Math.min(members.length, count < 2 ? 0 : Math.max(1, Math.round(count / 6)));
  const customCount = Math.max(0, count - 1 - privateCount);
  const everybody = members.map((member) => member.username);
  const [admin, caller, ...others] = members;
  if (admin === undefined || caller === undefined) throw new RangeError('two members are needed');
  const blank = (index: number): Pick<SimCollection, 'token' | 'id' | 'freeDefault'> => ({
    token: mint.next(),
    id: 1_900_000 + index * 13 + random.int(0, 12),
    freeDefault: false,
  });

  const collections: SimCollection[] = [];
  if (count > 0) {
    collections.push({
      ...blank(0),
      name: 'Acme Community',
      description: 'Open to everybody at Acme.',
      type: 'community',
      defaultAccessLevel: 'edit',
      freeDefault: true,
      creatorUsername: admin.username,
      memberUsernames: everybody,
    });
  }
  const closed = Math.round(customCount * CLOSED_TO_MEMBER);
  const places = random.shuffled(Array.from({ length: customCount }, (_, place) => place));
  for (const [index, place] of places.entries()) {
    const restricted = place < closed + Math.round(customCount * 0.05);
    const joined = new Set(random.sample(everybody, random.int(1, Math.max(1, Math.floor(everybody.length / 4)))));
    if (random.chance(0.7)) joined.add(admin.username);
    if (place < closed) joined.delete(caller.username);
    else if (restricted || random.chance(0.4)) joined.add(caller.username);
    collections.push({
      ...blank(index + 1),
      name: random.chance(0.01) ? null : collectionName(index),
      description: describe(random),
      type: 'custom',
      defaultAccessLevel: restricted ? 'restricted' : random.pick(['view', 'edit']),
      creatorUsername: random.pickEarly(members).username,
      memberUsernames: [...joined],
    });
  }
  // The caller's own comes first, then somebody else's, so that even a tiny world has something to hide.
  const owners = [caller, ...others.slice(0, 1), admin, ...others.slice(1)];
  for (const [index, owner] of owners.slice(0, privateCount).entries()) {
    collections.push({
      ...blank(customCount + 1 + index),
      name: 'Personal',
      description: null,
      type: 'private',
      defaultAccessLevel: 'restricted',
      creatorUsername: owner.username,
      memberUsernames: [owner.username],
    });
  }
  return random.shuffled(collections);
}

function collectionName(index: number): string {
  const team = TEAMS[index % TEAMS.length] ?? 'Team';
  const round = Math.floor(index / TEAMS.length);
  if (round === 0) return team;
  const region = REGIONS[(round - 1) % REGIONS.length] ?? 'Global';
  const lap = Math.floor((round - 1) / REGIONS.length);
  return lap === 0 ? `${team} – ${region}` : `${team} – ${region} ${lap + 1}`;
}

/** A description, or one of the two ways Mode says there is none. */
export function describe(random: Random): string | null {
  const drawn = random.next();
  if (drawn < 0.35) return null;
  return drawn < 0.6 ? '' : random.pick(DESCRIPTIONS);
}
