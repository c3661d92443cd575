/** schema.released.graphql: the schema that callers know, with the version that it is of in its first line. */

export const RELEASED_SCHEMA = 'schema.released.graphql';

const HEAD = /^# mode-graphql ([^\s:]+)/;

/** @throws {Error} when its first line names no version */
export function releasedVersion(text: string): string {
  const version = HEAD.exec(text)?.[1];
  if (version === undefined)
    throw new Error(`${RELEASED_SCHEMA} does not say in its first line of which version it is.`);
  return version;
}

export function printReleasedSchema(schema: string, version: string): string {
  return `# mode-graphql ${version}: written by "npm run release", compared with schema.graphql by "npm run schema:diff".\n\n${schema}`;
}
