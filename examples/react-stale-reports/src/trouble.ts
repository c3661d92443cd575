import type { CombinedError } from 'urql';

/** What is the matter, for the person at the screen. */
export interface Trouble {
  readonly code: string;
  readonly words: string;
  /** Seconds after which it makes sense to ask again; undefined when somebody has to do something first. */
  readonly retryAfter: number | undefined;
}

/** Codes as the gateway’s page about asking lists them. `retryAfter` of the error itself is better, where it says one. */
const KNOWN: Readonly<Record<string, Omit<Trouble, 'code'>>> = {
  UPSTREAM_BUDGET_EXHAUSTED: { words: 'Mode’s rate limit is used up for the moment.', retryAfter: 10 },
  UPSTREAM_RATE_LIMITED: { words: 'Mode asks everybody for a pause.', retryAfter: 60 },
  UPSTREAM_TIMEOUT: { words: 'Mode did not answer in time.', retryAfter: 30 },
  UPSTREAM_UNAVAILABLE: { words: 'Mode cannot be reached just now.', retryAfter: 30 },
  STOPPING: { words: 'The gateway is being restarted.', retryAfter: 1 },
  UPSTREAM_UNAUTHENTICATED: {
    words: 'Mode refuses the gateway’s API key: whoever runs the gateway has to renew it.',
    retryAfter: undefined,
  },
  UPSTREAM_FORBIDDEN: {
    words: 'The gateway’s API key may not see this: whoever runs the gateway has to give it another one.',
    retryAfter: undefined,
  },
  UNAUTHENTICATED: { words: 'The gateway wants a key: start Vite with GATEWAY_KEY.', retryAfter: undefined },
  OPERATION_TOO_COSTLY: { words: 'This asks for more than one question may.', retryAfter: undefined },
  NO_ANSWER: { words: 'The gateway does not answer.', retryAfter: 5 },
};

/** The first trouble that an error tells of: one is enough to say what to do. */
export function troubleOf({ graphQLErrors, networkError }: CombinedError): Trouble {
  const [first] = graphQLErrors;
  const code = first ? String(first.extensions.code) : 'NO_ANSWER';
  const said = first?.extensions.retryAfter;
  const known = KNOWN[code] ?? {
    words: first?.message ?? networkError?.message ?? 'Something went wrong.',
    retryAfter: undefined,
  };
  return { code, ...known, ...(typeof said === 'number' && { retryAfter: said }) };
}
