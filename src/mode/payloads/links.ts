import * as z from 'zod';

/** HAL `_links`: the only place where Mode says who made a thing and which thing it belongs to. */
export const links = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((raw) => raw ?? {});

export type Links = z.output<typeof links>;

/** `null` when the link is absent, null, or a list (some relations are). */
export function href(raw: Links, relation: string): string | null {
  const link = raw[relation];
  if (typeof link !== 'object' || link === null || !('href' in link)) return null;
  return typeof link.href === 'string' && link.href !== '' ? link.href : null;
}

/** The last segment of a link: the username in `/api/ann`. */
export function lastSegment(raw: Links, relation: string): string | null {
  const path = href(raw, relation)?.split(/[?#]/, 1)[0];
  const segment = path?.split('/').findLast((part) => part !== '');
  return segment === undefined ? null : decode(segment);
}

/** The token that follows one of `kinds` in the first of `relations` that has it: `runs` in `/reports/r/runs/n`. */
export function tokenAfter(raw: Links, relations: readonly string[], kinds: readonly string[]): string | null {
  for (const relation of relations) {
    const segments = href(raw, relation)?.split(/[?#]/, 1)[0]?.split('/') ?? [];
    // The last, because a workspace may be called "reports" too.
    const place = segments.findLastIndex((segment) => kinds.includes(segment));
    const token = place === -1 ? undefined : segments[place + 1];
    if (token !== undefined && /^[\w-]{1,64}$/.test(token)) return token;
  }
  return null;
}

/** A link a browser can follow, or null for anything that is not an absolute web address. */
export function webAddress(raw: Links, relation: string): string | null {
  const address = href(raw, relation);
  return address !== null && /^https?:\/\//i.test(address) ? address : null;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
