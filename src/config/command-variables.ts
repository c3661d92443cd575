/** What the commands read beside the configuration of a gateway. */
import * as z from 'zod';
import { variable } from './kinds.ts';

export const commandVariables = {
  MODE_GRAPHQL_KEY: variable(z.string().optional(), {
    about:
      'What `mode-graphql query --url …` and `explain --url …` prove themselves with to a gateway: one of its keys, or the whole value of the header `Authorization`, such as `Basic …`. No gateway reads it.',
    fallback: 'none',
    secret: true,
  }),
};
