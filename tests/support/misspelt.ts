import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Tree } from './tree.ts';

export interface MisspeltQuestion {
  readonly query: string;
  readonly variables: Record<string, Tree>;
}

/** Close enough that every guesser guesses it. */
function misspell(name: string): string {
  return `${name}x`;
}

/**
 * Questions that misspell each name of the schema once, wherever it can stand: types, fields, arguments, enum values and
 * input fields, those two both in the document and in variables.
 */
export function misspeltQuestions(schema: GraphQLSchema): MisspeltQuestion[] {
  const questions: MisspeltQuestion[] = [];
  const add = (query: string, variables: Record<string, Tree> = {}): void => void questions.push({ query, variables });
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  for (const type of types) {
    add(`{ __typename ...F } fragment F on ${misspell(type.name)} { __typename }`);
    add(`query ($v: ${misspell(type.name)}) { __typename }`);
    if (isEnumType(type)) {
      for (const { name } of type.getValues()) add(`query ($v: ${type.name} = ${misspell(name)}) { __typename }`);
    }
    if (isInputObjectType(type)) {
      for (const name of Object.keys(type.getFields())) {
        add(`query ($v: ${type.name} = { ${misspell(name)}: null }) { __typename }`);
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const within = (selection: string): string => `{ __typename ...F } fragment F on ${type.name} { ${selection} }`;
      add(within(misspell(field.name)));
      if (isObjectType(getNamedType(field.type))) add(within(field.name));
      for (const { name } of field.args) add(within(`${field.name}(${misspell(name)}: null)`));
    }
  }
  for (const { name, args } of schema.getDirectives()) {
    for (const argument of args) add(`{ __typename @${name}(${misspell(argument.name)}: true) }`);
  }
  return [...questions, ...misspeltVariables(schema)];
}

/** Valid documents whose variables misspell what they hold. */
function misspeltVariables(schema: GraphQLSchema): MisspeltQuestion[] {
  const questions: MisspeltQuestion[] = [];
  for (const [typeName, way] of waysTo(schema)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const others = field.args.filter(isRequiredArgument);
      for (const argument of field.args) {
        if (others.some(({ name }) => name !== argument.name)) continue;
        const leaf = isEnumType(getNamedType(field.type)) || !('getFields' in getNamedType(field.type));
        const asked = `${field.name}(${argument.name}: $v)${leaf ? '' : ' { __typename }'}`;
        const query = `query ($v: ${String(argument.type)}) { ${way(asked)} }`;
        for (const v of misspeltValues(argument.type, [])) questions.push({ query, variables: { v } });
      }
    }
  }
  return questions;
}

/** For each object type that a document can reach without knowing a thing, how to ask something of it. */
function waysTo(schema: GraphQLSchema): Map<string, (asked: string) => string> {
  const ways = new Map<string, (asked: string) => string>([['Query', (asked) => asked]]);
  for (const [name, way] of ways) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type);
      const needed = field.args.filter(isRequiredArgument);
      if (needed.some((argument) => argument.name !== 'id')) continue;
      const given = needed.length > 0 ? '(id: "x")' : '';
      if (isObjectType(target) && !ways.has(target.name)) {
        ways.set(target.name, (asked) => way(`${field.name}${given} { ${asked} }`));
      }
      if (!isInterfaceType(target) && !isUnionType(target)) continue;
      for (const possible of schema.getPossibleTypes(target)) {
        if (ways.has(possible.name)) continue;
        ways.set(possible.name, (asked) => way(`${field.name}${given} { ... on ${possible.name} { ${asked} } }`));
      }
    }
  }
  return ways;
}

/** Values of a type, each with one name misspelt; `above` keeps inputs that hold themselves from going on for ever. */
function misspeltValues(type: GraphQLInputType, above: readonly string[]): Tree[] {
  const named = getNullableType(type);
  if (isListType(named)) return misspeltValues(named.ofType, above).map((value) => [value]);
  if (isEnumType(named)) return named.getValues().map(({ name }) => misspell(name));
  if (!isInputObjectType(named) || above.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field): Tree[] => [
    { [misspell(field.name)]: null },
    ...misspeltValues(field.type, [...above, named.name]).map((value) => ({ [field.name]: value })),
  ]);
}
