/** What stands behind `Authorization: Bearer`; undefined when there is none. */
export function presentedToken(headers: Headers): string | undefined {
  return /^bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]?.trim();
}
