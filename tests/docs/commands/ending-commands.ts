/** The commands of the pages that end by themselves. */
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ended } from '../../support/program.ts';
import type { EndingExecution } from './execution.ts';
import type { Place } from './place.ts';

const json = ({ stdout }: Ended): unknown => JSON.parse(stdout) as unknown;
const catalogOf = ({ installed }: Place): string => join(installed, 'catalog');
const withCatalog = (place: Place): { readonly CATALOG_DIR: string } => ({ CATALOG_DIR: catalogOf(place) });
const tokensOf = ({ gateway }: Place): string[] => gateway.mode.world.reports.map(({ token }) => token).sort();

const READS_LISTS = { complete: true, discovery: true };

function looksWell({ stdout, stderr }: Ended): void {
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^ *ok +Mode/m);
  expect(stdout).not.toContain('PROBLEM');
}

function isWarm({ stdout }: Ended): void {
  expect(stdout).toMatch(/reports/);
}

/** By a question to a gateway that runs, or in the command's own process. */
export const QUESTIONS: readonly EndingExecution[] = [
  {
    command: `curl -s http://127.0.0.1:4000/graphql -H 'content-type: application/json' -d '{"query":"{ workspace { name collections(first: 5) { totalCount nodes { name webUrl } } } }"}'`,
    check: (ended, { gateway }) => {
      const { workspace } = gateway.mode.world;
      expect(json(ended)).toMatchObject({
        data: { workspace: { name: workspace.name, collections: { nodes: Array(5).fill({}) as object[] } } },
        extensions: { upstream: { calls: {} } },
      });
    },
  },
  {
    command: `curl -s http://127.0.0.1:4000/graphql -H 'content-type: application/json' -H 'X-Gateway-Explain: true' -d '{"query":"{ workspace { reports(first: 100, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) { nodes { name archived queries { totalCount } } } } }"}'`,
    check: (ended) => {
      expect(json(ended)).toMatchObject({ data: null, extensions: { explain: { estimatedCalls: {} } } });
    },
  },
  {
    command: `mode-graphql query --all --output ndjson --text '{ workspace { reports(first: 100) { nodes { token name } } } }'`,
    check: ({ stdout }, place) => {
      const rows = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly token: string });
      expect(rows.map(({ token }) => token).sort()).toEqual(tokensOf(place));
    },
  },
  {
    command: 'mode-graphql query reports.graphql',
    inTerminal: true,
    check: ({ stdout }) => {
      expect(stdout).toMatch(/token.+name/);
      expect(stdout).not.toContain('{"data"');
    },
  },
  {
    command: `mode-graphql query reports.graphql --url http://127.0.0.1:4000 --variables '{"first":100}' --json | jq .data`,
    check: (ended, place) => {
      const { workspace } = json(ended) as { workspace: { reports: { nodes: { token: string }[] } } };
      expect(workspace.reports.nodes.map(({ token }) => token).sort()).toEqual(tokensOf(place));
    },
  },
  {
    command: `mode-graphql query --url http://127.0.0.1:4000 --text '{ workspace { collections { nodes { name } } } }'`,
    check: (ended) => {
      expect(json(ended)).toMatchObject({ data: { workspace: { collections: {} } } });
    },
  },
  {
    command: 'mode-graphql explain reports.graphql',
    check: ({ stdout }) => {
      expect(stdout).toMatch(/\bcalls?\b/);
    },
  },
  {
    command: 'mode-graphql explain reports.graphql --url http://127.0.0.1:4000',
    check: ({ stdout }) => {
      expect(stdout).toMatch(/\bcalls?\b/);
    },
  },
  {
    command: 'mode-graphql explain page.graphql --variables @page.json',
    check: ({ stdout }) => {
      expect(stdout).toMatch(/\bcalls?\b/);
    },
  },
  {
    command: 'curl -s http://127.0.0.1:4001/_simulator/ledger',
    check: (ended, { gateway }) => {
      expect(json(ended)).toMatchObject({ summary: { calls: gateway.mode.ledger.entries.length } });
    },
  },
];

export const TASKS: readonly EndingExecution[] = [
  {
    command: "mode-graphql schema | grep -A 5 'enum ChartOrderField'",
    check: ({ stdout }) => {
      expect(stdout).toMatch(/^enum ChartOrderField \{\n/);
      expect(stdout.trimEnd().split('\n')).toHaveLength(6);
    },
  },
  {
    command: 'mode-graphql schema --write schema.graphql',
    check: (_, { installed }) => {
      expect(readFileSync(join(installed, 'schema.graphql'), 'utf8')).toBe(readFileSync('schema.graphql', 'utf8'));
    },
  },
  {
    command: 'mode-graphql schema --json --write',
    check: (_, { installed }) => {
      const { data } = JSON.parse(readFileSync(join(installed, 'schema.json'), 'utf8')) as {
        data: { __schema: { queryType: object } };
      };
      expect(data.__schema.queryType).toMatchObject({ name: 'Query' });
    },
  },
  { command: 'mode-graphql doctor', check: looksWell },
  {
    command: 'mode-graphql doctor --env-file .env',
    env: () => ({ MODE_WORKSPACE: '', MODE_API_TOKEN: '', MODE_API_SECRET: '' }),
    check: looksWell,
  },
  {
    command: 'mode-graphql doctor --json | jq .findings',
    check: (ended) => {
      expect(json(ended)).toEqual(expect.arrayContaining([expect.objectContaining({ check: 'Mode' })]));
    },
  },
  { command: 'npm run --silent doctor', check: looksWell },
  { command: 'npx mode-graphql doctor', check: looksWell },
  { command: 'npm run --silent warm', env: withCatalog, check: isWarm },
  { command: 'npx mode-graphql warm', env: withCatalog, check: isWarm },
  {
    command: 'mode-graphql warm --max-age 1h --json',
    env: withCatalog,
    check: (ended) => {
      expect(json(ended)).toMatchObject(READS_LISTS);
    },
  },
  {
    command: '0 5 * * *  mode-graphql warm --quiet --env-file /etc/mode-graphql.env > /dev/null',
    env: (place) => ({ ...withCatalog(place), MODE_WORKSPACE: '', MODE_API_TOKEN: '', MODE_API_SECRET: '' }),
    instead: () => ({ '/etc/mode-graphql.env': '.env' }),
    check: async ({ stdout, stderr }, place) => {
      // Anything else cron would send by mail.
      expect([stdout, stderr]).toEqual(['', '']);
      expect((await readdir(catalogOf(place))).length).toBeGreaterThan(5);
    },
  },
];
