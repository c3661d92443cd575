import type { Clause, Scope, Source } from '../../src/loading/plan.ts';
import { BARE, EXISTENCE, liveOnly, signature, union, type Wanted } from '../../src/loading/wanted.ts';

const clause = (anyOf: Source[], scope: Scope = 'all'): Clause => ({ anyOf, scope });
const want = (pageSize: number, ...clauses: Clause[]): Wanted => ({ clauses, pageSize });

describe('the signature of a want', () => {
  it('is that of every want a plan cannot tell from it', () => {
    const one = want(5, clause(['REST', 'DISCOVERY']), clause(['STATS'], 'page'));
    const other = want(5, clause(['STATS'], 'page'), clause(['DISCOVERY', 'REST']), clause(['REST', 'DISCOVERY']));
    expect(signature(other)).toBe(signature(one));
  });

  it('is another for other sources, scopes and page sizes', () => {
    const wants = [
      BARE,
      want(1),
      want(11),
      want(0, clause(['REST'])),
      want(0, clause(['REST'], 'page')),
      want(0, clause(['REST']), clause(['DISCOVERY'])),
      want(0, clause([])),
    ];
    expect(new Set(wants.map(signature)).size).toBe(wants.length);
  });

  it('leaves what it reads as it was', () => {
    const sources: Source[] = ['STATS', 'REST'];
    signature(want(1, clause(sources)));
    union([want(1, clause(sources))]);
    expect(sources).toEqual(['STATS', 'REST']);
  });
});

describe('the union of wants', () => {
  it('of nobody is that a thing is there', () => {
    expect(union([])).toEqual({ clauses: [EXISTENCE], pageSize: 0 });
  });

  it('holds every clause once, and the largest page', () => {
    const joined = union([
      want(5, clause(['REST']), clause(['REST', 'STATS'])),
      want(50, clause(['STATS', 'REST']), clause(['REST'], 'page')),
      BARE,
    ]);
    expect(joined.pageSize).toBe(50);
    expect(new Set(joined.clauses.map((one) => `${[...one.anyOf].sort().join()} ${one.scope}`))).toEqual(
      new Set(['DISCOVERY,REST all', 'REST all', 'REST,STATS all', 'REST page']),
    );
    expect(joined.clauses).toHaveLength(4);
  });
});

describe('a live want', () => {
  it('asks REST for all that REST can tell, and leaves the rest to whom it leaves it', () => {
    const clauses = [
      clause(['REST', 'DISCOVERY'], 'page'),
      clause(['DISCOVERY']),
      clause(['STATS', 'REST']),
      clause([]),
    ];
    expect(liveOnly(clauses)).toEqual([clause(['REST'], 'page'), clause(['DISCOVERY']), clause(['REST']), clause([])]);
    expect(clauses[0]).toEqual(clause(['REST', 'DISCOVERY'], 'page'));
  });
});
