/** Why a file cannot be read or written, in words that follow its name. `missing` is said where there is no such path. */
export function fileFailure(error: unknown, missing = 'is not there.'): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return missing;
  if (code === 'EISDIR') return 'is a folder, not a file.';
  if (code === 'EACCES') return 'may not be opened by this user.';
  return typeof code === 'string' ? `cannot be used (${code}).` : 'cannot be used.';
}
