import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { useGraphiQLActions } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useEffect, useState } from 'react';
import { createFetcher } from './asking/fetcher.ts';
import { headersToFillIn } from './asking/headers-to-fill-in.ts';
import { SchemaDoor } from './asking/schema-door.ts';
import { SharedHeaders } from './asking/shared-headers.tsx';
import { BillLine } from './bill-line.tsx';
import { EditorOptions } from './editor-options.tsx';
import { ownStorage } from './own-storage.ts';
import { upstreamPlugin } from './panel/upstream-plugin.ts';
import { starters } from './starters/starters.ts';
import { ExplainButton } from './toolbar/explain-button.tsx';
import { StarterMenu, variablesText } from './toolbar/starter-menu.tsx';

export interface ExplorerProps {
  /** Where questions are asked. */
  readonly endpoint: string;
  /** What callers must send, as JSON; undefined when nothing is needed. */
  readonly headersHint: string | undefined;
  /** A question that the page was opened with. */
  readonly asked: { readonly query: string; readonly variables: string } | undefined;
}

const PLUGINS = [upstreamPlugin, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

export function Explorer({ endpoint, headersHint, asked }: ExplorerProps) {
  const [{ door, fetcher, defaultTabs }] = useState(() => {
    const door = new SchemaDoor();
    const own = starters(Date.now(), headersHint).map(({ query, variables }) => ({
      query,
      variables: variablesText(variables),
    }));
    return { door, fetcher: createFetcher(endpoint, door), defaultTabs: asked ? [asked, ...own] : own };
  });
  const emptyHeaders = headersHint === undefined ? undefined : headersToFillIn(headersHint);
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={PLUGINS}
      storage={ownStorage}
      defaultTabs={defaultTabs}
      {...(asked && { initialQuery: asked.query, initialVariables: asked.variables })}
      {...(emptyHeaders !== undefined && { defaultHeaders: emptyHeaders })}
      defaultEditorToolsVisibility={emptyHeaders === undefined ? 'variables' : 'headers'}
      // A key must not outlast the page that it was entered in.
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>Mode GraphQL</GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            <ExplainButton />
            <StarterMenu headersHint={headersHint} />
            {prettify}
            {merge}
            {copy}
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <BillLine />
      </GraphiQL.Footer>
      <ReadSchemaThrough door={door} />
      <EditorOptions />
      {emptyHeaders !== undefined && <SharedHeaders empty={emptyHeaders} />}
    </GraphiQL>
  );
}

function ReadSchemaThrough({ door }: { readonly door: SchemaDoor }) {
  const { introspect } = useGraphiQLActions();
  useEffect(() => {
    door.read = introspect;
  }, [door, introspect]);
  return null;
}
