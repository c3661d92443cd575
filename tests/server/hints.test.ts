import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';

const AS_QUERY = '{ workspace { queries(first: 1) { nodes { ... on Query { name } } } } }';
const HINT = 'The SQL query of a report is the type "ReportQuery"; "Query" is the root of every question.';

describe('what validation finds comes with a hint', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode));
  });

  afterAll(() => mode.close());

  const messages = async (query: string, over = gateway): Promise<string[]> =>
    (await ask(over, query)).errors?.map(({ message }) => message) ?? [];

  it('once, however often the same is asked, and where it was found', async () => {
    for (let n = 0; n < 3; n++) {
      const { errors = [] } = await ask(gateway, AS_QUERY);
      expect(errors[0]).toEqual({
        message: `Fragment cannot be spread here as objects of type "ReportQuery" can never be of type "Query". ${HINT}`,
        locations: [{ line: 1, column: 43 }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      });
    }
  });

  it.each(['collections', 'queries', 'charts', 'members', 'dataSources'])(
    'that %s is a list of the workspace, with a question that can be asked',
    async (list) => {
      const [message = ''] = await messages(`{ ${list} { name } }`);
      const [, example = ''] = /as in (\{ workspace .+\})\.$/.exec(message) ?? [];
      expect(example).toContain(list);
      expect(await messages(example)).toEqual([]);
    },
  );

  it('where one is known alone', async () => {
    expect(await messages('{ workspace { nmae } }')).toEqual([
      'Cannot query field "nmae" on type "Workspace". Did you mean "name"?',
    ]);
  });

  it('but not where names are nobody’s business', async () => {
    const closed = gatewayOver({ ...envFor(mode), INTROSPECTION: 'off' });
    for (const query of [AS_QUERY, '{ collections { name } }', '{ workspace { reports { name } } }']) {
      expect((await messages(query, closed)).join()).not.toMatch(/ReportQuery";|Lists stand|connection:/);
    }
  });
});
