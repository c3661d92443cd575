import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  // The gateway’s own, or its address: http://127.0.0.1:4000/graphql
  schema: process.env.GATEWAY_SCHEMA ?? '../../schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/generated/**'],
  generates: {
    'src/generated/': {
      preset: 'client',
      // By its own name: `useFragment` is no hook, and linters would take it for one.
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: { useTypeImports: true, strictScalars: true, scalars: { DateTime: 'string', JSON: 'unknown' } },
    },
  },
};

export default config;
