import * as z from 'zod';

/** A manifest that cannot be used; each line says what is wrong with it. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** What graphql-codegen's client preset and the Relay compiler write: `{"<id>": "query …"}`. */
const textsById = z.record(z.string().min(1), z.string().min(1));

/** What Apollo's generate-persisted-query-manifest writes. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

const UNKNOWN_FORM =
  'must hold {"<id>": "query …"}, as graphql-codegen and the Relay compiler write it, or Apollo’s manifest of version 1';

/**
 * The operations of a manifest, as `[id, text]`.
 *
 * @throws {ManifestError} when it is none, is empty, or gives two texts one id
 */
export function readManifest(json: string): readonly (readonly [id: string, text: string])[] {
  const content = parseJson(json);
  const apollo = apolloManifest.safeParse(content);
  const plain = textsById.safeParse(content);
  if (!apollo.success && !plain.success) throw new ManifestError([UNKNOWN_FORM]);
  const operations = apollo.success
    ? apollo.data.operations.map(({ id, body }) => [id, body] as const)
    : Object.entries(plain.data ?? {});
  if (operations.length === 0) throw new ManifestError(['holds no operation']);
  const texts = new Map<string, string>();
  for (const [id, text] of operations) {
    if ((texts.get(id) ?? text) !== text) throw new ManifestError([`holds two operations with the id ${id}`]);
    texts.set(id, text);
  }
  return operations;
}

function parseJson(json: string): unknown {
  try {
    // Editors on Windows begin a file with it.
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    throw new ManifestError(['must be JSON']);
  }
}
