/** What the pages show and the tests of this folder do not execute. */
export interface LeftOut {
  /** A command, or what stands before or after `&&` in one. */
  readonly command: string;
  readonly reason: string;
  /** Where it is executed all the same, or what it is about is looked at: a file, and words in it. */
  readonly elsewhere: readonly [file: string, words: string];
}

/** These are left out by an `npm` that does nothing for them (place.ts), so that the rest of their line is executed. */
export const INSTALLS: readonly LeftOut[] = [
  {
    command: 'npm ci',
    reason: 'it would replace the packages that the tests run on while they run; CI begins with it',
    elsewhere: ['.ci/run', "step 'npm ci, and the build' npm ci"],
  },
  {
    command: 'npm install',
    reason: 'examples ask for the published package, and for minutes; their versions are those that CI has installed',
    elsewhere: ['tests/examples/manifests.test.ts', 'asks for the versions that this repository is tested with'],
  },
];

/** These are not executed at all. */
const NEEDS_DOCKER = 'it needs a Docker engine, which builds an image from the network';
export const NOT_EXECUTED: readonly LeftOut[] = [
  {
    command: 'docker compose run --rm gateway-1 doctor',
    reason: NEEDS_DOCKER,
    elsewhere: ['tests/containers/compose.test.ts', "['gateway-1', 'gateway-2']"],
  },
  {
    command: 'docker compose run --rm gateway-1 warm',
    reason: NEEDS_DOCKER,
    elsewhere: ['tests/containers/compose.test.ts', "['gateway-1', 'gateway-2']"],
  },
];

/** What these install is what CI has installed already; what they are for is done with that. */
export const NEEDS_NETWORK: readonly LeftOut[] = [
  {
    command: 'npm install --save-dev @graphql-codegen/cli @graphql-codegen/client-preset',
    reason: 'it asks the registry; the same packages are there, and do what the page says',
    elsewhere: ['tests/clients/codegen-as-documented.test.ts', 'what docs/front-end.md says of graphql-codegen'],
  },
  {
    command: 'npx graphql-codegen',
    reason: 'the page’s config is run as it stands, by the same program, in another test',
    elsewhere: ['tests/clients/codegen-as-documented.test.ts', '@graphql-codegen/cli/cjs/bin.js'],
  },
  {
    command: 'npm install ../path/to/mode-graphql-0.1.0.tgz',
    reason: 'it asks the registry for what the package needs; the test of the package installs such a file',
    elsewhere: ['tests/package/the-package.test.ts', 'packed.tarball'],
  },
];

export const LEFT_OUT: readonly LeftOut[] = [...INSTALLS, ...NOT_EXECUTED, ...NEEDS_NETWORK];
