import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay';
import { environment } from './environment.ts';
import { MostViewed } from './most-viewed.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

createRoot(root).render(
  <StrictMode>
    <RelayEnvironmentProvider environment={environment}>
      <Suspense fallback={<p aria-busy="true">Loading …</p>}>
        <MostViewed />
      </Suspense>
    </RelayEnvironmentProvider>
  </StrictMode>,
);
