import 'graphiql/setup-workers/vite';
import '@graphiql/react/font/roboto.css';
import '@graphiql/react/font/fira-code.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import '@graphiql/plugin-explorer/style.css';
import 'graphiql/graphiql.css';
import './explorer.css';
import './narrow.css';
import { createRoot } from 'react-dom/client';
import { Explorer } from './explorer.tsx';

const root = document.getElementById('explorer');
if (root) {
  const parameters = new URLSearchParams(location.search);
  const query = parameters.get('query');
  createRoot(root).render(
    <Explorer
      endpoint={location.pathname}
      headersHint={root.dataset.headersHint}
      asked={query === null ? undefined : { query, variables: parameters.get('variables') ?? '' }}
    />,
  );
}
