export interface ListenFailure {
  /** Why an address cannot be listened on, in words for whoever configured it. */
  readonly why: string;
  readonly remedy: string;
}

export function listenFailure(error: unknown): ListenFailure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return {
      why: 'something else is listening there.',
      remedy: 'Set PORT to another number, or stop what listens there.',
    };
  }
  if (code === 'EACCES') {
    return { why: 'this user may not.', remedy: 'Set PORT to a number from 1024 on: those below are for root.' };
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return {
      why: 'this machine has no such address.',
      remedy: 'Set HOST to one it has, such as 127.0.0.1 or 0.0.0.0.',
    };
  }
  return { why: typeof code === 'string' ? `${code}.` : 'it failed.', remedy: 'Set HOST and PORT to what is free.' };
}
