import cliProgress from 'cli-progress';
import type { Screen } from './screen.ts';
import type { Voice } from './voice.ts';

/** Shows how far something has come, and lets lines be said meanwhile. */
export interface ProgressBar extends Voice {
  update(done: number, total: number, text: string): void;
  /** Says what the bar would have shown, where there is none. */
  step(text: string): void;
  /** Takes it off the screen. */
  end(): void;
}

/** A bar on a terminal that can draw; elsewhere nothing but the lines. */
export function createProgressBar(voice: Voice, screen: Screen, stream: NodeJS.WritableStream): ProgressBar {
  if (!screen.canDraw) return { ...voice, step: voice.note, update: () => undefined, end: () => undefined };
  const bar = new cliProgress.SingleBar(
    { format: '{bar} {text}', barsize: 24, clearOnComplete: true, hideCursor: true, stream },
    cliProgress.Presets.shades_classic,
  );
  let shown = { done: 0, total: 1, text: '' };
  let isShown = false;
  const show = (): void => {
    if (isShown) bar.setTotal(shown.total);
    else bar.start(shown.total, shown.done, { text: shown.text });
    isShown = true;
    bar.update(shown.done, { text: shown.text });
  };
  const hide = (): void => {
    // The cursor comes back with it.
    if (isShown) bar.stop();
    isShown = false;
  };
  const around =
    (say: (text: string) => void) =>
    (text: string): void => {
      const wasShown = isShown;
      hide();
      say(text);
      if (wasShown) show();
    };
  return {
    update(done, total, text) {
      shown = { done, total, text };
      show();
    },
    step: () => undefined,
    note: around((text) => {
      voice.note(text);
    }),
    complain: around((text) => {
      voice.complain(text);
    }),
    end: hide,
  };
}
