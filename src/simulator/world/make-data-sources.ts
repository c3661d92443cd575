import { SOURCES } from './people-vocabulary.ts';
import { Random } from './random.ts';
import type { SimDataSource, SimMember } from './rows.ts';
import { DAY, FIRST_DAY, soonAfter, stamp, TODAY } from './timeline.ts';
import type { TokenMint } from './tokens.ts';

export function makeDataSources(
  seed: number,
  mint: TokenMint,
  workspace: string,
  members: SimMember[],
  count: number,
): SimDataSource[] {
  const random = new Random(seed, 'data sources');
  return Array.from({ length: count }, (_, index): SimDataSource => {
    const kind = SOURCES[index % SOURCES.length] ?? SOURCES[0];
    const lap = Math.floor(index / SOURCES.length);
    const createdAt = soonAfter(random, FIRST_DAY, TODAY - 60 * DAY);
    return {
      token: mint.next(),
      id: 34_000 + index * 11 + random.int(0, 10),
      name: lap === 0 ? kind.name : `${kind.name} ${lap + 1}`,
      description: random.pick([null, '', `${kind.label} behind the ${kind.name.toLowerCase()} models`]),
      adapter: `jdbc:${kind.vendor}`,
      displayName: kind.label,
      vendor: kind.vendor,
      database: kind.database,
      host: `${kind.name.toLowerCase()}-${random.hex(6)}.db.${workspace}.test`,
      port: kind.port,
      username: `mode_${kind.vendor}_reader`,
      warehouse: kind.vendor === 'snowflake' ? 'REPORTING_WH' : null,
      adapterVersion: kind.version,
      isDefault: index === 0,
      creatorUsername: random.pickEarly(members, 4).username,
      createdAt: stamp(createdAt),
      updatedAt: stamp(soonAfter(random, createdAt, TODAY)),
    };
  });
}
