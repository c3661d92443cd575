import { cleanText } from './clean-text.ts';

/** What is said to people, on standard error: standard output is for results. */
export interface Voice {
  /** Nice to know; not said when `--quiet`. */
  note(text: string): void;
  /** What went wrong. */
  complain(text: string): void;
}

export function createVoice(
  { quiet = false }: { readonly quiet?: boolean },
  write: (text: string) => unknown = (text) => process.stderr.write(text),
): Voice {
  return {
    note(text) {
      if (!quiet) write(`${cleanText(text)}\n`);
    },
    complain(text) {
      write(`${cleanText(text)}\n`);
    },
  };
}
