/**
 * `ok`: as it should be. `warning`: it runs, and somebody may wish it were otherwise. `problem`: it does not run, or not
 * for long. `skipped`: could not be looked at, because of something that is said elsewhere.
 */
export type Level = 'ok' | 'warning' | 'problem' | 'skipped';

/** What a check found. Its texts are ours: no value of a secret variable, and no text that somebody else sent. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly level: Level;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Makes findings of one check. */
export function findingsOf(check: string) {
  return {
    ok: (message: string): Finding => ({ check, level: 'ok', message }),
    warning: (message: string, remedy: string): Finding => ({ check, level: 'warning', message, remedy }),
    problem: (message: string, remedy: string): Finding => ({ check, level: 'problem', message, remedy }),
    skipped: (message: string): Finding => ({ check, level: 'skipped', message }),
  };
}
