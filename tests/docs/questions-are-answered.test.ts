/** Every question that the pages show is asked of a gateway on the simulated Mode; commands/ has the commands. */
import { startGatewayOnSimulator, type GatewayOnSimulator } from '../clients/gateway-on-simulator.ts';
import { found, PAGES } from './pages.ts';

let gateway: GatewayOnSimulator;

beforeAll(async () => {
  gateway = await startGatewayOnSimulator(
    { collections: 8, reports: 60, members: 10, dataSources: 3 },
    { MODE_DISCOVERY: 'mint', CATALOG_DIR: 'off' },
  );
});
afterAll(() => gateway.stop());

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly upstream?: { readonly calls: object } };
}

const QUESTIONS = [...PAGES].flatMap(([path, text]) =>
  found(text, /^```graphql\n([^]*?)^```/gm).map((query) => [path, query.split('\n', 1)[0] ?? '', query] as const),
);

it('the pages show questions', () => {
  expect(new Set(QUESTIONS.map(([path]) => path))).toEqual(
    new Set(['README.md', 'docs/asking.md', 'docs/front-end.md', 'docs/data-team.md']),
  );
});

it.each(QUESTIONS)('%s: %s is answered without an error, and says what it cost', async (_, __, query) => {
  const response = await fetch(gateway.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors, extensions } = (await response.json()) as Answered;
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data).length).toBeGreaterThan(40);
  expect(Object.keys(extensions?.upstream?.calls ?? {})).toEqual(['rest', 'discovery']);
});
