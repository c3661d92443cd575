/** One secret, found where it must not be. */
export interface Leak {
  /** In what kind of text: never the text itself. */
  readonly where: string;
  readonly secret: string;
}

/** Those who look for secrets in the test file that is running. By itself, so that a file without a gateway loads none. */
const lookouts: (() => Leak[])[] = [];

/** Has `take` asked after every test for what has leaked since. */
export function keepLookout(take: () => Leak[]): void {
  lookouts.push(take);
}

export function takeLeaks(): Leak[] {
  return lookouts.flatMap((take) => take());
}
