import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  // The gateway’s own, or its address: http://127.0.0.1:4000/graphql
  schema: process.env.GATEWAY_SCHEMA ?? '../../schema.graphql',
  documents: ['*.ts'],
  // Node.js wants the whole name of a file that it imports.
  importExtension: '.ts',
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { useTypeImports: true, strictScalars: true, scalars: { DateTime: 'string', JSON: 'unknown' } },
    },
  },
};

export default config;
