import { useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';

/**
 * Takes the key that was entered in one tab along to the others, whose headers are as empty as they came, and to
 * questions taken from the history, which have none. It is held here and in the editors only, and gone when the page is.
 *
 * @param empty what the headers editor of a new tab holds
 */
export function SharedHeaders({ empty }: { readonly empty: string }) {
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  useEffect(() => {
    let last: string | undefined;
    const watch = headerEditor?.onDidChangeModelContent(() => {
      const headers = headerEditor.getValue();
      if (isEntered(headers, empty)) last = headers;
      // Who empties it by hand means it.
      else if (last !== undefined && !headerEditor.hasTextFocus()) {
        // Not at once: whoever has just set it is not done with the tab that it belongs to.
        setTimeout(() => {
          if (last !== undefined && !isEntered(headerEditor.getValue(), empty)) headerEditor.setValue(last);
        });
      }
    });
    return () => watch?.dispose();
  }, [headerEditor, empty]);
  return null;
}

function isEntered(headers: string, empty: string): boolean {
  return headers.trim() !== '' && headers.trim() !== empty.trim();
}
