/** Strikes secrets from texts, in whichever dress they come. */

export const STRUCK = '[redacted]';

/** Credentials and e-mail addresses by their looks, whoever they belong to: no configuration holds those of callers and of Mode. */
const LOOKS: readonly (readonly [RegExp, string])[] = [[/\b(Basic|Bearer)\s+[\w+/=.~-]{16,}/gi, `$1 ${STRUCK}`]];

/** Those that have an `@`, for which few lines need be searched. */
const LOOKS_WITH_AT: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/?#\s"'@]+@/gi, `$1${STRUCK}@`],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, STRUCK],
];

const ALL_LOOKS = [...LOOKS, ...LOOKS_WITH_AT];

/** A shorter piece of base64 may be anything. */
const SHORTEST_CORE = 7;

export type Redact = (text: string) => string;

/** @param secrets struck wherever they stand: as they are, in base64 with whatever around them, or escaped */
export function createRedact(secrets: readonly string[]): Redact {
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const known = forms.length === 0 ? undefined : new RegExp(forms.map(escaped).join('|'), 'g');
  return (text) => {
    const rest = known ? text.replace(known, STRUCK) : text;
    const looks = rest.includes('@') ? ALL_LOOKS : LOOKS;
    return looks.reduce((left, [look, instead]) => left.replace(look, instead), rest);
  };
}

/** The same for a line of JSON, which stays one. */
export function createRedactLine(secrets: readonly string[]): Redact {
  const redact = createRedact(secrets);
  return (line) => {
    const struck = redact(line);
    if (struck === line || !isJson(line)) return struck;
    const end = /\s*$/.exec(line)?.[0] ?? '';
    // Struck value by value, since what was struck from the text may have been half an escape.
    const again = JSON.stringify(redactValue(JSON.parse(line), redact));
    const rest = redact(again);
    if (rest === again || isJson(rest)) return rest + end;
    return JSON.stringify({ msg: STRUCK }) + end;
  };
}

function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((each) => redactValue(each, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [redact(key), redactValue(each, redact)]));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function formsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    inJson,
    // A text that quotes JSON, itself in JSON.
    JSON.stringify(inJson).slice(1, -1),
    urlEncoded(secret),
    ...base64Cores(secret),
  ];
}

function urlEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What base64 of any text that holds the secret must hold: one form for each place at which it may begin within
 * three bytes. The characters at the ends that also depend on what stands around it are left out.
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
    const isLastWhole = ((shift + bytes.length) * 8) % 6 === 0;
    const core = encoded.slice(Math.ceil((shift * 8) / 6), isLastWhole ? undefined : -1);
    if (core.length < SHORTEST_CORE) return [];
    return [core, core.replaceAll('-', '+').replaceAll('_', '/')];
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
