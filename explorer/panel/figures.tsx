import type { ReactNode } from 'react';

/** A few numbers, large, each with what it is. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <dl className="upstream-figures">{children}</dl>;
}

export interface FigureProps {
  readonly name: string;
  readonly testid: string;
  /** The number itself. */
  readonly children: ReactNode;
  readonly detail?: ReactNode;
}

export function Figure({ name, testid, children, detail }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b data-testid={testid}>{children}</b>
        {detail !== undefined && <span className="upstream-small">{detail}</span>}
      </dd>
    </div>
  );
}
