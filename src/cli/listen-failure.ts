/** Why an address cannot be listened on, in words for whoever configured it. */
export function listenFailure(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'something else is listening there.';
  if (code === 'EACCES') return 'this user may not.';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'this machine has no such address.';
  return typeof code === 'string' ? `${code}.` : 'it failed.';
}
