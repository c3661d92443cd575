/** What browsers and HTTP clients may do. */
import type * as z from 'zod';
import { flag, variable } from './kinds.ts';

export interface WebConfig {
  readonly graphiql: boolean;
}

export const webVariables = {
  GRAPHIQL: variable(flag('on'), {
    about: '`on` shows GraphiQL to a browser at `/graphql`; `off` does not.',
    fallback: '`on`',
  }),
};

type Values = z.output<z.ZodObject<typeof webVariables>>;

export function webConfig(values: Values): WebConfig {
  return { graphiql: values.GRAPHIQL };
}
