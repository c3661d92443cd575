import { readFileSync } from 'node:fs';
import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import { ESLint, type Linter } from 'eslint';
import { getIntrospectionQuery, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { printSchemaText } from '../../src/schema/print-schema-text.ts';
import { schema } from '../../src/schema/schema.ts';
import { ask, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { listAt } from '../support/tree.ts';

const TYPES = schema.getTypeMap();

describe('the schema', () => {
  it('is the one in schema.graphql', () => {
    expect(readFileSync('schema.graphql', 'utf8')).toBe(printSchemaText());
  });

  it('describes every type, field, argument and value', () => {
    const nameless: string[] = [];
    const look = (name: string, described: { readonly description?: string | null | undefined }): void => {
      if (!described.description) nameless.push(name);
    };
    for (const type of Object.values(TYPES).filter(({ name }) => !name.startsWith('__'))) {
      look(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
      }
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
    expect(nameless).toEqual([]);
  });

  it('answers introspection, at no call', async () => {
    const mode = await startSmallMode();
    const answer = await ask(gatewayOver(envFor(mode)), getIntrospectionQuery());
    expect(answer.errors).toBeUndefined();
    expect(listAt(answer.data, '__schema.types').length).toBeGreaterThan(20);
    expect(mode.ledger.entries).toEqual([]);
    await mode.close();
  });

  it('has no type besides the root that clients would take for the root', () => {
    expect(schema.getQueryType()?.name).toBe('Query');
    expect(TYPES.ReportQuery).toBeDefined();
  });

  it('passes the Relay rules and the rules of a tidy schema of graphql-eslint', async () => {
    expect(await lint(printSchemaText())).toEqual([]);
  });

  it('would not pass them with a connection, a description or an id amiss', async () => {
    const spoilt = printSchemaText()
      .replace(/"""Cursor of the last edge[^"]+"""\s+endCursor: String\n/, '')
      .replace('"""The rows of this page, without their cursors."""', '')
      .concat('"""Reached by nobody."""\ntype Lost {\n  """Its name."""\n  name: String\n}\n');
    const rules = (await lint(spoilt)).map((problem) => problem.split(': ')[1]);
    expect(rules).toEqual(
      expect.arrayContaining([
        '@graphql-eslint/relay-page-info',
        '@graphql-eslint/require-description',
        '@graphql-eslint/no-unreachable-types',
        '@graphql-eslint/strict-id-in-types',
      ]),
    );
  });
});

async function lint(text: string): Promise<string[]> {
  const relay = graphqlPlugin.configs['flat/schema-relay'].rules as Linter.RulesRecord;
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.graphql'],
        plugins: { '@graphql-eslint': graphqlPlugin as unknown as ESLint.Plugin },
        languageOptions: {
          parser: graphqlPlugin.parser,
          parserOptions: { graphQLConfig: { schema: text } },
        },
        rules: {
          ...relay,
          // `nodes` beside `edges`, and `nodes(ids:)`, are lists of things that are no edges.
          '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
          '@graphql-eslint/require-description': [
            'error',
            {
              types: true,
              FieldDefinition: true,
              rootField: true,
              EnumValueDefinition: true,
              InputValueDefinition: true,
            },
          ],
          '@graphql-eslint/no-unreachable-types': 'error',
          '@graphql-eslint/require-deprecation-reason': 'error',
          '@graphql-eslint/no-duplicate-fields': 'error',
          '@graphql-eslint/no-hashtag-description': 'error',
          '@graphql-eslint/no-typename-prefix': 'off',
          '@graphql-eslint/unique-enum-value-names': 'off',
          '@graphql-eslint/naming-convention': [
            'error',
            {
              types: 'PascalCase',
              FieldDefinition: 'camelCase',
              InputValueDefinition: 'camelCase',
              EnumValueDefinition: 'UPPER_CASE',
            },
          ],
          '@graphql-eslint/strict-id-in-types': [
            'error',
            {
              exceptions: {
                types: [
                  'Catalog',
                  'CatalogCounts',
                  'CatalogList',
                  'ImportedDataset',
                  'PageInfo',
                  'Provenance',
                  'RateLimit',
                  'ReportStats',
                ],
                suffixes: ['Connection', 'Edge'],
              },
            },
          ],
        },
      },
    ],
  });
  const results = await eslint.lintText(text, { filePath: 'schema.graphql' });
  return results.flatMap((file) => file.messages.map((each) => `${each.line}: ${each.ruleId}: ${each.message}`));
}
