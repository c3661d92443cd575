import type { Config, Variables } from '../config/config.ts';

/** Whether variables have been read already: none of them is called `mode`, and all of them are text. */
export function isRead(config: Config | Variables): config is Config {
  return 'mode' in config && typeof config.mode === 'object';
}
