import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { troubleOf } from './trouble.ts';

interface Props {
  readonly error: CombinedError;
  readonly onRetry: () => void;
}

/** Says what is wrong, and asks again by itself as soon as that makes sense. */
export function TroubleNotice({ error, onRetry }: Props) {
  const { code, words, retryAfter } = troubleOf(error);
  const [left, setLeft] = useState(retryAfter);
  useEffect(() => {
    if (left === undefined) return;
    const timer = setTimeout(() => {
      if (left > 1) setLeft(left - 1);
      else onRetry();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left, onRetry]);
  return (
    <p role="alert">
      {words} <code>{code}</code> {left !== undefined && `Trying again in ${left} s. `}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
