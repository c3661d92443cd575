/** The same questions as front ends write them: values in variables, conditions on fields, selections in fragments. */
import {
  Kind,
  parse,
  print,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type DirectiveNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  type VariableNode,
} from 'graphql';
import { schema } from '../../src/schema/schema.ts';
import type { Tree } from './tree.ts';

export interface DressedQuestion {
  readonly query: string;
  readonly variables: Readonly<Record<string, Tree>>;
}

/** Asks the same, or less where a condition leaves something out or a value is not given. */
export function dressed(question: string, random: () => number, hasConditions = true): DressedQuestion {
  const variables: Record<string, Tree> = {};
  const declared: string[] = [];
  const fragments: FragmentDefinitionNode[] = [];
  const chance = (part: number): boolean => random() < part;

  const variableFor = (node: ValueNode, type: string): VariableNode | undefined => {
    const name = `v${declared.length}`;
    const isRequired = type.endsWith('!');
    if (chance(0.2)) declared.push(`$${name}: ${type.replace(/!$/, '')} = ${print(node)}`);
    else declared.push(`$${name}: ${type}`);
    const hasDefault = declared.at(-1)?.includes(' = ') === true;
    if (!hasDefault && (isRequired || !chance(0.15))) variables[name] = valueFromASTUntyped(node) as Tree;
    else if (!isRequired && chance(0.2)) variables[name] = null;
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
  };
  const condition = (): readonly DirectiveNode[] => {
    if (!hasConditions || !chance(0.15)) return [];
    const name = `v${declared.length}`;
    declared.push(`$${name}: Boolean!`);
    variables[name] = chance(0.5);
    const value = chance(0.2) ? String(chance(0.5)) : `$${name}`;
    // A variable that is declared must be used.
    if (!value.startsWith('$')) {
      declared.pop();
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- of this very object
      delete variables[name];
    }
    return directivesIn(`{ a @${chance(0.5) ? 'include' : 'skip'}(if: ${value}) }`);
  };
  const withConditions = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((each): SelectionNode => ({ ...each, directives: condition() })),
  });
  const wrapped = (set: SelectionSetNode, type: string): SelectionSetNode => {
    if (chance(0.2)) {
      const name = `F${fragments.length}`;
      fragments.push({
        kind: Kind.FRAGMENT_DEFINITION,
        name: { kind: Kind.NAME, value: name },
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
        selectionSet: set,
      });
      const spread = (): SelectionNode => ({
        kind: Kind.FRAGMENT_SPREAD,
        name: { kind: Kind.NAME, value: name },
        directives: condition(),
      });
      return { ...set, selections: [TYPENAME, spread(), ...(chance(0.3) ? [spread()] : [])] };
    }
    if (!chance(0.2)) return set;
    const inline: SelectionNode = { kind: Kind.INLINE_FRAGMENT, directives: condition(), selectionSet: set };
    return { ...set, selections: [TYPENAME, inline, ...(chance(0.2) ? set.selections : [])] };
  };

  const info = new TypeInfo(schema);
  const document = visit(
    parse(question),
    visitWithTypeInfo(info, {
      Argument(node) {
        const type = info.getInputType();
        if (!type || node.value.kind === Kind.VARIABLE || !chance(0.4)) return undefined;
        return { ...node, value: variableFor(node.value, String(type)) ?? node.value };
      },
      ObjectField(node) {
        const type = info.getInputType();
        if (!type || node.value.kind === Kind.VARIABLE || !chance(0.4)) return undefined;
        return { ...node, value: variableFor(node.value, String(type)) ?? node.value };
      },
      SelectionSet: {
        leave(node) {
          const type = info.getParentType();
          return type ? wrapped(withConditions(node), type.name) : undefined;
        },
      },
    }),
  );
  const [operation = ''] = document.definitions.map(print);
  const query = `query${declared.length > 0 ? ` (${declared.join(', ')})` : ''} ${operation}`;
  return { query: [query, ...fragments.map(print)].join('\n'), variables };
}

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function directivesIn(text: string): readonly DirectiveNode[] {
  const [definition] = parse(text).definitions;
  const [field] = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  return field?.directives ?? [];
}
