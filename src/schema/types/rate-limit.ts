import { builder } from '../builder.ts';
import type { RateLimitShape } from '../rate-limit.ts';

const RateLimitScope = builder.enumType('RateLimitScope', {
  description: 'Who keeps the count of calls to Mode.',
  values: {
    PROCESS: { description: 'This gateway by itself; no other may use its API key of Mode.' },
    REDIS: { description: 'All gateways that share the API key, together.' },
    STATIC_SHARE: {
      description: 'This gateway by itself, on its fair share of the limit, until Redis can be asked again.',
    },
  },
});

export const RateLimitType = builder.objectRef<RateLimitShape>('RateLimit').implement({
  description: 'What is left of Mode’s rate limit for the gateway’s API key, and who is waiting for it.',
  fields: (t) => ({
    limit: t.exposeInt('limit', {
      nullable: false,
      description: 'Calls to Mode that the tightest window allows; this gateway’s share of them while Redis is gone.',
    }),
    remaining: t.exposeInt('remaining', {
      nullable: false,
      description: 'Calls that could start now, were nobody waiting. 0 while paused.',
    }),
    resetsAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the whole limit is free again, if no more calls are made. Single calls become free before.',
      resolve: ({ resetsAt }) => resetsAt,
    }),
    queued: t.exposeInt('queued', { nullable: false, description: 'Calls that are waiting for their turn.' }),
    estimatedWaitSeconds: t.exposeFloat('estimatedWaitSeconds', {
      nullable: false,
      description: 'Seconds that a call asked for now would wait: at least so long.',
    }),
    paused: t.exposeBoolean('paused', {
      nullable: false,
      description: 'Whether Mode has refused a call (429), so that nobody calls for a while.',
    }),
    concurrency: t.exposeInt('concurrency', {
      nullable: false,
      description: 'Calls that may be under way at once. Halved when Mode refuses, and raised again slowly.',
    }),
    scope: t.field({
      type: RateLimitScope,
      nullable: false,
      description: 'Who keeps the count.',
      resolve: ({ scope }) => scope,
    }),
  }),
});
