/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  // Everything runs as CommonJS inside jest, so that each package is loaded once: graphql refuses
  // a schema that was built by another copy of itself.
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // These ship ES modules only, or import some while they run.
  transformIgnorePatterns: ['/node_modules/(?!(ky|entities|jose|@opentelemetry/otlp-exporter-base)/)'],
  setupFilesAfterEnv: ['<rootDir>/tests/support/no-secret-leaves.ts'],
  // Many of the tests wait more than they compute. By itself jest takes one core less than there are.
  maxWorkers: '100%',
  // Far more than any takes on an idle machine: what hangs must end, what is slow must not fail.
  testTimeout: 120_000,
};
