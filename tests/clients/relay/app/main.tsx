/** A front end on Relay. The address says what it shows, and of which gateway. */
import { Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay';
import { CollectionsScreen } from './collections-screen';
import { environmentOver } from './environment';
import { ReportsScreen } from './reports-screen';
import type { reportsScreenQuery$variables } from './__generated__/reportsScreenQuery.graphql';

/** In the fragment of the address, as JSON. */
interface Wish {
  readonly endpoint: string;
  /** Rows that each of the buttons fetches. */
  readonly size: number;
  /** Nothing: the list of collections. */
  readonly reports?: reportsScreenQuery$variables;
}

const wish = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Wish;
const place = document.getElementById('root');
if (!place) throw new Error('the page has no place for the front end');

createRoot(place).render(
  <RelayEnvironmentProvider environment={environmentOver(wish.endpoint)}>
    <Suspense fallback={<p>Loading</p>}>
      {wish.reports ? (
        <ReportsScreen size={wish.size} variables={wish.reports} />
      ) : (
        <CollectionsScreen size={wish.size} />
      )}
    </Suspense>
  </RelayEnvironmentProvider>,
);
