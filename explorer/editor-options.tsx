import { useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';

/** In pixels. GraphiQL's own 15 leaves little room beside the panel. */
const FONT_SIZE = 13;

/** Has the editors show more, and the one of answers not mark dashes and the like, which people name their reports with. */
export function EditorOptions() {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor]) {
      editor?.updateOptions({ fontSize: FONT_SIZE });
    }
    responseEditor?.updateOptions({ unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false } });
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
  return null;
}
