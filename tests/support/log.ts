import { createLogger, type Logger } from '../../src/server/logger.ts';

export type Line = Readonly<Record<string, unknown>>;

/** A logger whose lines are kept. */
export class Log {
  readonly texts: string[] = [];
  readonly logger: Logger;

  constructor(secrets: readonly string[] = []) {
    this.logger = createLogger('trace', { secrets, destination: { write: (text) => this.texts.push(text) } });
  }

  get lines(): Line[] {
    return this.texts.map((text) => JSON.parse(text) as Line);
  }
}
