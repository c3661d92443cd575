/** A line of CSV, as RFC 4180 has it; null and undefined are empty. */
export function toCsv(values: readonly (string | number | null | undefined)[]): string {
  return values
    .map((value) => String(value ?? ''))
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');
}
