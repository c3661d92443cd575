import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large a document is; of several operations in it, the largest counts. */
export interface DocumentSize {
  /** Fields inside fields, counted downwards. */
  readonly depth: number;
  /** Fields, those of a fragment counted wherever it is spread. */
  readonly fields: number;
  /** Different fields at the top of an operation, by the names they have in the answer. */
  readonly rootFields: number;
  /** Fields with an alias, counted as `fields` are. */
  readonly aliases: number;
  /** Directives as they stand in the document. */
  readonly directives: number;
}

type Extent = Pick<DocumentSize, 'depth' | 'fields' | 'aliases'>;

const NOTHING: Extent = { depth: 0, fields: 0, aliases: 0 };

/**
 * Measures a document that need not be valid. Each fragment is measured once, however often it is spread, so
 * that one which doubles at every level takes no longer than it is; in one that spreads itself, that spread counts
 * nothing, and validation refuses it.
 */
export function measureDocument(document: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  let directives = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    else continue;
    directives += directivesOf(definition);
  }
  const measured = new Map<string, Extent>();

  function extentOf(set: SelectionSetNode | undefined): Extent {
    return (set?.selections ?? []).map(extentOfSelection).reduce(beside, NOTHING);
  }

  function extentOfSelection(selection: SelectionNode): Extent {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return extentOfFragment(selection.name.value);
    const below = extentOf(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return below;
    return {
      depth: below.depth + 1,
      fields: below.fields + 1,
      aliases: below.aliases + (selection.alias ? 1 : 0),
    };
  }

  function extentOfFragment(name: string): Extent {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING);
    const extent = extentOf(fragments.get(name)?.selectionSet);
    measured.set(name, extent);
    return extent;
  }

  function rootNames(set: SelectionSetNode | undefined, names: Set<string>, seen: Set<string>): Set<string> {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add((selection.alias ?? selection.name).value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) rootNames(selection.selectionSet, names, seen);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        rootNames(fragments.get(selection.name.value)?.selectionSet, names, seen);
      }
    }
    return names;
  }

  const extents = operations.map(({ selectionSet }) => extentOf(selectionSet));
  return {
    depth: Math.max(0, ...extents.map(({ depth }) => depth)),
    fields: Math.max(0, ...extents.map(({ fields }) => fields)),
    aliases: Math.max(0, ...extents.map(({ aliases }) => aliases)),
    rootFields: Math.max(
      0,
      ...operations.map(({ selectionSet }) => rootNames(selectionSet, new Set(), new Set()).size),
    ),
    directives,
  };
}

function beside(a: Extent, b: Extent): Extent {
  return { depth: Math.max(a.depth, b.depth), fields: a.fields + b.fields, aliases: a.aliases + b.aliases };
}

function directivesOf(node: OperationDefinitionNode | FragmentDefinitionNode): number {
  const variables = node.kind === Kind.OPERATION_DEFINITION ? (node.variableDefinitions ?? []) : [];
  const ofVariables = variables.reduce((sum, each) => sum + (each.directives?.length ?? 0), 0);
  return (node.directives?.length ?? 0) + ofVariables + directivesWithin(node.selectionSet);
}

function directivesWithin(set: SelectionSetNode | undefined): number {
  return (set?.selections ?? []).reduce(
    (sum, selection) =>
      sum +
      (selection.directives?.length ?? 0) +
      (selection.kind === Kind.FRAGMENT_SPREAD ? 0 : directivesWithin(selection.selectionSet)),
    0,
  );
}
