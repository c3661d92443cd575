import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { canonicalQuestions, type CanonicalQuestion } from '../support/canonical-questions.ts';
import { ask, envWithDiscovery, gatewayOver, startSmallMode, until, type Answer } from '../support/gateway.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';

const DATED = `{
  collections: workspace { collections { nodes { token provenance { source asOf } } } }
  reports: workspace { reports { nodes { token name provenance { source asOf } } } }
  charts: workspace { charts { nodes { token title provenance { source asOf } } } }
}`;

const DARKNESS: readonly { readonly how: string; fall(mode: Simulator): Promise<void> | void }[] = [
  { how: 'answers 500 to everything', fall: ({ faults }) => void faults.inject({ match: /./, kind: 'status500' }) },
  { how: 'drops every connection', fall: ({ faults }) => void faults.inject({ match: /./, kind: 'reset' }) },
  { how: 'takes no credential', fall: ({ faults }) => void faults.inject({ match: /./, kind: 'status401' }) },
  { how: 'is gone', fall: (mode) => mode.close() },
];

describe.each(DARKNESS)('R1: when Mode $how', ({ fall }) => {
  let mode: Simulator;
  let gateway: Gateway;
  let clock: ShiftedClock;
  let questions: CanonicalQuestion[];
  let before: Answer;
  const unforeseen: unknown[] = [];

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 12, reports: 120 } });
    questions = canonicalQuestions(mode.world);
    clock = new ShiftedClock();
    gateway = gatewayOver(envWithDiscovery(mode), { clock, reportError: (error) => unforeseen.push(error) });
    await gateway.catalog.warm();
    before = await ask(gateway, DATED);
    await fall(mode);
    mode.ledger.clear();
  });

  afterAll(async () => {
    await gateway.dispose();
    await mode.close();
    expect(unforeseen).toEqual([]);
  });

  const answersEverything = async () => {
    for (const { query, truth } of questions) {
      const answer = await ask(gateway, query);
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual(truth({ personal: true }));
      expect(answer.extensions?.upstream).toMatchObject({ calls: { rest: 0, discovery: 0 }, notes: [] });
      expect(answer.extensions?.upstream.snapshotAsOf).not.toBeNull();
    }
  };

  it('the catalog goes on answering the canonical questions, without a call', async () => {
    await answersEverything();
    expect(mode.ledger.entries).toEqual([]);
  });

  it('the answers keep the date of what they tell', async () => {
    expect(before.errors).toBeUndefined();
    expect((await ask(gateway, DATED)).data).toEqual(before.data);
  });

  it('of what only REST knows it says that it is missing, and answers the rest', async () => {
    const [report] = mode.world.reports;
    const { data, errors, extensions } = await ask(
      gateway,
      `{ report(token: "${report?.token}") { name archived }
         workspace { reports(first: 2) { nodes { archived lastViewedAt provenance { source } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ report: { name: report?.name, archived: null } });
    expect(data).toMatchObject({
      workspace: {
        reports: {
          nodes: [
            { archived: null, provenance: { source: 'DISCOVERY' } },
            { archived: null, provenance: { source: 'DISCOVERY' } },
          ],
        },
      },
    });
    expect(extensions?.upstream.notes).toEqual([
      expect.objectContaining({ code: expect.stringMatching(/^UPSTREAM_/) as string }),
    ]);
    await until(() => gateway.throttle.state().running + gateway.throttle.state().queued === 0);
  });

  it('a catalog that has grown too old is served all the same, dated, while it tries to read anew', async () => {
    clock.skip(86_400_000);

    await answersEverything();

    expect((await ask(gateway, DATED)).data).toEqual(before.data);
    await until(() => gateway.throttle.state().running + gateway.throttle.state().queued === 0);
  });

  it('it says in its own words how old it is', async () => {
    const { data } = await ask(gateway, '{ catalog { state asOf } }');
    expect(data).toMatchObject({ catalog: { state: expect.stringMatching(/READY|READING/) as string } });
  });
});
