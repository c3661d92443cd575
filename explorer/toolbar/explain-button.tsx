import { formatShortcutForOS, ToolbarButton, useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { explaining } from '../asking/fetcher.ts';
import { showUpstreamPanel } from '../panel/upstream-plugin.ts';
import { ExplainIcon } from './icons.tsx';

const LABEL = `Explain: what would this cost? (${formatShortcutForOS('Ctrl-Shift-Enter', 'Cmd')})`;

/** Asks what the question in the editor would cost, and shows it in the panel. Also on a key, and in the editor's menu. */
export function ExplainButton() {
  const { run } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const isBusy = useGraphiQL((state) => state.isFetching);
  const monaco = useMonaco((state) => state.monaco);
  const explain = useRef<() => void>(() => undefined);
  explain.current = () => {
    // While something is under way, to run means to stop it.
    if (isBusy) return;
    explaining(run);
    showUpstreamPanel();
  };
  useEffect(() => {
    if (!queryEditor || !monaco) return undefined;
    const action = queryEditor.addAction({
      id: 'gateway-explain',
      label: 'Explain Operation',
      contextMenuGroupId: 'graphql',
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.Enter],
      run: () => explain.current(),
    });
    return () => action.dispose();
  }, [queryEditor, monaco]);
  return (
    <ToolbarButton label={LABEL} disabled={isBusy} onClick={() => explain.current()}>
      <ExplainIcon />
    </ToolbarButton>
  );
}
