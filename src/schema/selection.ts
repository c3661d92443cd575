import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/**
 * Whether a field's selection asks for nothing but `names`. Looks through fragments, and takes fields
 * under `@skip` and `@include` for asked: at worst that costs a call, never a wrong answer.
 */
export function selectsOnly(
  info: Pick<GraphQLResolveInfo, 'fragments' | 'fieldNodes'>,
  names: ReadonlySet<string>,
): boolean {
  const within = (set: SelectionSetNode): boolean =>
    set.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return names.has(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
      const fragment = info.fragments[selection.name.value];
      return fragment !== undefined && within(fragment.selectionSet);
    });
  return info.fieldNodes.every((node: FieldNode) => node.selectionSet === undefined || within(node.selectionSet));
}

/** What every object says of itself without being read. */
export const IDENTITY: ReadonlySet<string> = new Set(['__typename', 'id', 'token']);
