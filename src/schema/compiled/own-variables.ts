import {
  isNonNullType,
  Kind,
  TypeInfo,
  valueFromAST,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type ValueNode,
  type VariableDefinitionNode,
  type VariableNode,
} from 'graphql';

/** Coerced, defaults included. */
export type Values = Readonly<Record<string, unknown>>;

/** A document to be compiled, in which every argument is a variable, of a type that is passed on as it is. */
export interface WithOwnVariables {
  readonly document: DocumentNode;
  /** What stands for its variables; undefined when execution has to say what is wrong with them. */
  valuesOf(variables: Values): Values | undefined;
}

interface WrittenArgument {
  readonly node: ValueNode;
  readonly type: GraphQLInputType;
}

/**
 * Takes all values away from the compiler, those that are written in the document too: it writes them into its code, and
 * a text that looks like a date of its own becomes a piece of that code, which then runs here. Nor does its coercion
 * end on inputs that hold themselves, as our filters do, and it takes what was left out inside an object for null.
 *
 * @param document of one operation
 * @param anything the name of a scalar that takes a value as it is
 */
export function withOwnVariables(schema: GraphQLSchema, document: DocumentNode, anything: string): WithOwnVariables {
  const declared = namesOfVariables(document);
  // Longer than any of them, so none of them.
  const prefix = `own_${'_'.repeat(Math.max(0, ...declared.map(({ length }) => length)))}`;
  const written = new Map<string, WrittenArgument>();
  const required = new Set<string>();
  const info = new TypeInfo(schema);
  const withoutValues = visit(
    document,
    visitWithTypeInfo(info, {
      Argument(node) {
        const type = info.getInputType();
        if (!type) return undefined;
        if (node.value.kind === Kind.VARIABLE) {
          if (isNonNullType(type)) required.add(node.value.name.value);
          return undefined;
        }
        const name = `${prefix}${written.size}`;
        written.set(name, { node: node.value, type });
        return { ...node, value: variable(name) };
      },
    }),
  );
  const definitions = [...declared, ...written.keys()].map((name) => definitionOf(name, anything));
  const constant: Record<string, unknown> = {};
  const changing = new Map<string, WrittenArgument>();
  for (const [name, argument] of written) {
    if (holdsVariable(argument.node)) changing.set(name, argument);
    else constant[name] = valueFromAST(argument.node, argument.type);
  }
  return {
    document: visit(withoutValues, {
      OperationDefinition: (node) => ({ ...node, variableDefinitions: definitions }),
    }),
    valuesOf(variables) {
      for (const name of required) if (variables[name] == null) return undefined;
      const values: Record<string, unknown> = { ...constant, ...variables };
      for (const [name, { node, type }] of changing) {
        const value = valueFromAST(node, type, variables);
        if (value === undefined) return undefined;
        values[name] = value;
      }
      return values;
    },
  };
}

function namesOfVariables({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? (definition.variableDefinitions ?? []).map((each) => each.variable.name.value)
      : [],
  );
}

function variable(name: string): VariableNode {
  return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
}

function definitionOf(name: string, type: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: variable(name),
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
  };
}

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => holdsVariable(field.value));
}
