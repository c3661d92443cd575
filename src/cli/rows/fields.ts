import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** A field as it stands in an answer, with what is selected below it; fields that meet under one key are one. */
export interface Field {
  /** Its name in the answer. */
  readonly key: string;
  /** Its name in the schema. */
  readonly name: string;
  /** None: a leaf. */
  readonly selections: readonly SelectionSetNode[];
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function fragmentsOf(document: DocumentNode): Fragments {
  const definitions = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(definitions.map((each) => [each.name.value, each]));
}

/** The fields of selections in the order in which they are written, those of fragments in their place. */
export function fieldsOf(selections: readonly SelectionSetNode[], fragments: Fragments): Field[] {
  const fields = new Map<string, Field>();
  const collect = (selection: SelectionSetNode, within: readonly string[]): void => {
    for (const node of selection.selections) {
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const below = node.selectionSet ? [node.selectionSet] : [];
        fields.set(key, { key, name: node.name.value, selections: [...(fields.get(key)?.selections ?? []), ...below] });
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        collect(node.selectionSet, within);
      } else if (!within.includes(node.name.value)) {
        const fragment = fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet, [...within, node.name.value]);
      }
    }
  };
  for (const selection of selections) collect(selection, []);
  return [...fields.values()];
}
