/** What the stream that is written to can show. */
export interface Screen {
  readonly isTerminal: boolean;
  /** Colours, and whatever else is drawn over what stood there before. */
  readonly canDraw: boolean;
  /** Columns. */
  readonly width: number;
}

const USUAL_WIDTH = 120;

/**
 * A terminal of unknown width, and whatever is no terminal, is taken to be as wide as `COLUMNS` says. Nothing is drawn
 * where `NO_COLOR` is set, whatever to.
 */
export function screenOf(
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Screen {
  const isTerminal = isTTY === true;
  const told = [isTerminal ? columns : undefined, Number.parseInt(env.COLUMNS ?? '', 10), USUAL_WIDTH];
  return {
    isTerminal,
    canDraw: isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
    // A terminal that does not know how wide it is says 0.
    width: told.find((width) => width !== undefined && width > 0) ?? USUAL_WIDTH,
  };
}
