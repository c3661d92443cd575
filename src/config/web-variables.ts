/** What browsers and HTTP clients may do. */
import * as z from 'zod';
import type { WebManners } from '../server/yoga.ts';
import { flag, list, variable, whole } from './kinds.ts';

export interface WebConfig extends Omit<WebManners, 'persistedOperations'> {
  /** Path of the manifest; undefined: nothing is persisted. */
  readonly persistedOperations: string | undefined;
}

export const webVariables = {
  ALLOWED_ORIGINS: variable(
    list().transform((texts, context) => texts.map((text) => originOf(text) ?? complain(context))),
    {
      about:
        'Comma-separated origins whose pages may ask this gateway from a browser (CORS), such as `https://app.example.com,http://localhost:5173`. Each is written out: `*` is not allowed. Cookies are never used.',
      fallback: 'none: only pages of the gateway’s own origin',
    },
  ),
  ALLOWED_HOSTS: variable(
    list()
      .refine(
        (hosts) => hosts.every((host) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(host)),
        'must hold names of hosts, without a scheme or a port, such as gateway.internal',
      )
      .transform((hosts) => hosts.map((host) => host.toLowerCase())),
    {
      about:
        'Comma-separated names, beside `localhost`, under which a gateway without keys may be reached, such as that of a proxy in front of it. Without this check a web page could point a name of its own at this machine (DNS rebinding) and read the workspace. A gateway with keys asks for those instead.',
      fallback: 'none',
    },
  ),
  GRAPHIQL: variable(z.enum(['on', 'off'], { error: 'must be on or off' }).optional(), {
    about: '`on` shows GraphiQL to a browser at `/graphql`; `off` does not.',
    fallback: '`on`; with `PERSISTED_OPERATIONS_ONLY`, `off`',
  }),
  INTROSPECTION: variable(flag('on'), {
    about:
      '`off` answers neither `__schema` nor `__type`, and no error suggests names (“Did you mean …”). `schema.graphql` is for those who build clients.',
    fallback: '`on`',
  }),
  MAX_BATCH: variable(whole(1, 1, 100), {
    about:
      'Operations that one request may hold, as a JSON array; `1`: no batches. Each of them is an operation of its own, with its own time and its own turns.',
    fallback: '`1`',
  }),
  PERSISTED_OPERATIONS: variable(z.string().optional(), {
    about:
      'Path of a JSON file of operations that clients may ask for by their id: the manifest of graphql-codegen’s client preset, of the Relay compiler or of Apollo. Read and validated at the start.',
    fallback: 'none',
  }),
  PERSISTED_OPERATIONS_ONLY: variable(flag('off'), {
    about: '`on` refuses whatever is not in `PERSISTED_OPERATIONS`.',
    fallback: '`off`',
  }),
};

type Values = z.output<z.ZodObject<typeof webVariables>>;

export function webConfig(values: Values): WebConfig {
  return {
    graphiql: (values.GRAPHIQL ?? (values.PERSISTED_OPERATIONS_ONLY ? 'off' : 'on')) === 'on',
    introspection: values.INTROSPECTION,
    allowedOrigins: values.ALLOWED_ORIGINS,
    allowedHosts: values.ALLOWED_HOSTS,
    maxBatch: values.MAX_BATCH,
    persistedOperations: values.PERSISTED_OPERATIONS,
    persistedOperationsOnly: values.PERSISTED_OPERATIONS_ONLY,
  };
}

/** What is wrong with the variables together. */
export function webProblems(values: Values | undefined): string[] {
  if (!values?.PERSISTED_OPERATIONS_ONLY) return [];
  const problems: string[] = [];
  if (values.PERSISTED_OPERATIONS === undefined) {
    problems.push(
      'PERSISTED_OPERATIONS is missing: PERSISTED_OPERATIONS_ONLY refuses what is not in it, which would be everything; set it to the path of a manifest',
    );
  }
  if (values.GRAPHIQL === 'on') {
    problems.push(
      'GRAPHIQL must be off with PERSISTED_OPERATIONS_ONLY: what people write in GraphiQL is in no manifest, nor is its introspection',
    );
  }
  return problems;
}

/** The origin that a text is, as browsers write it; undefined when it is something else, or more. */
function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, href } = new URL(text);
  return /^https?:$/.test(protocol) && href === `${origin}/` && !text.includes('*') ? origin : undefined;
}

function complain(context: z.RefinementCtx): never {
  context.addIssue({
    code: 'custom',
    message: 'must hold exact origins, scheme and port included, such as https://app.example.com; * is not one',
  });
  return z.NEVER;
}
