/**
 * Whether SQL names an identifier: the whole of it, case of no matter, quoted or not, with or without
 * what qualifies it. `orders` is named by `analytics.orders` and `"ORDERS"`, not by `reorders` or
 * `orders_old`.
 */
export function namesIdentifier(name: string): (sql: string) => boolean {
  const parts = name.split('.').map((part) => part.replaceAll(/["`[\]]/g, '').replaceAll(/[.*+?^${}()|\\]/g, '\\$&'));
  const quoted = parts.map((part) => `["\`[]?${part}["\`\\]]?`).join('\\s*\\.\\s*');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_$])${quoted}(?![\\p{L}\\p{N}_$])`, 'iu');
  return (sql) => pattern.test(sql);
}
