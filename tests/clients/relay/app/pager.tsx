/** Buttons of a list that grows at both ends. */
export function Pager(props: {
  readonly total: number;
  readonly busy: boolean;
  readonly onNext: (() => void) | undefined;
  readonly onPrevious: (() => void) | undefined;
}) {
  return (
    <nav aria-busy={props.busy}>
      <output>{props.total}</output>
      <button disabled={props.busy || !props.onPrevious} onClick={props.onPrevious}>
        Previous
      </button>
      <button disabled={props.busy || !props.onNext} onClick={props.onNext}>
        Next
      </button>
    </nav>
  );
}
