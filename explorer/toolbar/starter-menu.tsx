import { ToolbarButton, ToolbarMenu, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { starters, type Starter } from '../starters/starters.ts';
import { StartersIcon } from './icons.tsx';

/** The questions to begin with, for who has closed their tabs. */
export function StarterMenu({ headersHint }: { readonly headersHint: string | undefined }) {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const open = ({ query, variables }: Starter): void => {
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variablesText(variables));
  };
  return (
    <ToolbarMenu
      button={
        <ToolbarButton label="Questions to begin with">
          <StartersIcon />
        </ToolbarButton>
      }
    >
      {starters(Date.now(), headersHint).map((starter) => (
        <ToolbarMenu.Item key={starter.title} onSelect={() => open(starter)}>
          {starter.title}
        </ToolbarMenu.Item>
      ))}
    </ToolbarMenu>
  );
}

/** As the editor shows them; nothing when there are none. */
export function variablesText(variables: Starter['variables']): string {
  return Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2);
}
