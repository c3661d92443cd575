import { useCallback, useState } from 'react';
import { BillFooter } from './bill-footer.tsx';
import { ReportsPage, type Wanted } from './reports-page.tsx';
import { useSettled } from './use-settled.ts';

const DAY_MS = 86_400_000;

/** To the day, so that asking again is asking the same. */
function daysAgo(days: number): string {
  return new Date((Math.floor(Date.now() / DAY_MS) - days) * DAY_MS).toISOString();
}

function asked(): { readonly days: number; readonly search: string } {
  const address = new URLSearchParams(location.search);
  const days = Number(address.get('days') ?? 90);
  return { days: Number.isSafeInteger(days) && days >= 0 ? days : 90, search: address.get('search') ?? '' };
}

/** Reports that nobody has viewed for so many days, those first that were viewed longest ago. */
export function StaleReports() {
  const [{ days, search }, setAsked] = useState(asked);
  const settled = useSettled(search.trim(), 300);
  const wanted: Wanted = { before: daysAgo(days), search: settled === '' ? null : settled };
  return (
    <main>
      <h1>Reports nobody views</h1>
      <form onSubmit={(event) => event.preventDefault()}>
        <label>
          Not viewed for{' '}
          <input
            type="number"
            min={0}
            max={3650}
            value={days}
            onChange={({ target }) => setAsked({ search, days: Math.max(0, target.valueAsNumber || 0) })}
          />{' '}
          days
        </label>
        <label>
          with{' '}
          <input
            type="search"
            placeholder="any words"
            value={search}
            onChange={({ target }) => setAsked({ days, search: target.value })}
          />
        </label>
      </form>
      <Pages key={JSON.stringify(wanted)} wanted={wanted} />
      <BillFooter />
    </main>
  );
}

function Pages({ wanted }: { readonly wanted: Wanted }) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  // The end of a list may come into view more than once.
  const more = useCallback((after: string) => {
    setCursors((known) => (known.includes(after) ? known : [...known, after]));
  }, []);
  return cursors.map((after, at) => (
    <ReportsPage key={after} wanted={wanted} after={after} isLast={at === cursors.length - 1} onMore={more} />
  ));
}
