import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The floors of the house, lowest first (CONTRIBUTING.md). Code may import from its own floor and those below. */
export const FLOORS = ['throttle', 'mode', 'catalog', 'loading', 'schema', 'server'];

/** A floor may not reach the floors above it, nor the rooms on the roof: the simulator and the files at src/. */
const floorRules = FLOORS.map((floor, index) => ({
  files: [`src/${floor}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...FLOORS.slice(index + 1).map((above) => ({
            group: [`**/${above}/**`, `**/${above}`],
            message: `src/${floor} is below src/${above}: an import must not climb.`,
          })),
          {
            group: ['**/simulator/**', '**/cli.ts', '**/config/**', '**/gateway.ts', '**/index.ts'],
            message: `src/${floor} must not know how the house is put together, nor the simulator.`,
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'artifacts', 'tests/clients/**/generated'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Plugins and records are plain objects of functions; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // A parameter used once still ties the name of a Discovery list to its kind of row.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Follows recursive types for ever and overflows the stack on graphql-js's nodes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
    },
  },
  { files: ['src/cli.ts', 'src/cli/**/*.ts', 'bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  ...floorRules,
  {
    files: ['src/simulator/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: FLOORS.map((floor) => `**/${floor}/**`),
              message: 'The simulator is a Mode: it knows nothing of the gateway.',
            },
          ],
        },
      ],
    },
  },
);
