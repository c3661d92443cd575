import { useLastBill } from './last-bill.ts';

/** What the last answer cost, and what it could not say. */
export function BillFooter() {
  const bill = useLastBill();
  if (!bill) return <footer>Nothing was asked yet.</footer>;
  const { calls, waitedMs, rateLimit, snapshotAsOf, notes } = bill;
  const made = calls.rest + calls.discovery;
  return (
    <footer>
      <span>
        The last answer took {made} {made === 1 ? 'call' : 'calls'} to Mode ({calls.rest} REST, {calls.discovery}{' '}
        Discovery)
        {waitedMs >= 50 && ` and waited ${(waitedMs / 1000).toFixed(1)} s for its turn`}.
      </span>{' '}
      <span>
        {rateLimit.remaining} of {rateLimit.limit} are left.
      </span>{' '}
      {snapshotAsOf !== null && <span>As of {new Date(snapshotAsOf).toLocaleString()}.</span>}
      {notes.map(({ code, message }) => (
        <p key={code} className="note">
          {message}
        </p>
      ))}
    </footer>
  );
}
