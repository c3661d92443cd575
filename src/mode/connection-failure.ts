/** Why no answer came, from the code that Node.js gives to a connection that failed. */

export interface ConnectionFailure {
  /** In words that follow “Mode cannot be reached:”. */
  readonly why: string;
  /** What whoever runs the gateway can do. */
  readonly remedy: string;
}

/** What is said of a network whose only way out is a proxy: Node.js asks none unless it is told to. */
export const PROXY =
  'If the web is reached through a proxy only: Node.js 24 heeds HTTPS_PROXY once NODE_USE_ENV_PROXY=1 is set, older ones heed none';

/** @param code such as `ECONNREFUSED`; `UNKNOWN` when there was none */
export function connectionFailure(code: string): ConnectionFailure {
  const [, why, remedy] = REASONS.find(([pattern]) => pattern.test(code)) ?? [
    undefined,
    'the connection failed, or a proxy on the way wants a password',
    'Try it from this machine with another tool, such as curl.',
  ];
  return { why, remedy };
}

const REASONS: readonly (readonly [pattern: RegExp, why: string, remedy: string])[] = [
  [/^ECONNREFUSED$/, 'nobody listens there', 'Check MODE_BASE_URL, and the firewalls in between.'],
  [
    /^(ENOTFOUND|EAI_)/,
    'there is no such name, or no network',
    `Check MODE_BASE_URL, the network and its DNS. ${PROXY}.`,
  ],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN)$/, 'there is no way there', 'Check the network of this machine.'],
  [/TIMEOUT|TIMEDOUT/, 'it does not answer in time', `Check the firewalls in between. ${PROXY}.`],
  [
    /CERT|SELF_SIGNED|ALTNAME|SIGNATURE|HOSTNAME_MISMATCH|INVALID_CA/,
    'its certificate is not one that Node.js trusts',
    'If a proxy of your own opens the encryption, name its certificate in NODE_EXTRA_CA_CERTS.',
  ],
  [
    /SSL|TLS|EPROTO/,
    'it does not speak TLS as expected',
    'Check whether MODE_BASE_URL should begin with http: or https:.',
  ],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    'the connection is cut',
    `Something on the way does not let it through. ${PROXY}.`,
  ],
];

/** The code of an error or of what caused it; never its text, which may say what was sent. */
export function failureCode(error: unknown): string {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return 'UNKNOWN';
}
