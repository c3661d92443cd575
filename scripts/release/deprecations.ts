import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** What is deprecated in a schema, by its coordinate, with the reason that is given. */
export function deprecationsIn(schema: GraphQLSchema): Map<string, string> {
  const found = new Map<string, string>();
  const look = (
    coordinate: string,
    { deprecationReason }: { readonly deprecationReason?: string | null | undefined },
  ) => {
    if (typeof deprecationReason === 'string') found.set(coordinate, deprecationReason);
  };
  for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
  return found;
}

/** The day from which on it may be gone, as in `Removed from 2027-03-01 on`; undefined when the reason names none. */
export function sunsetIn(reason: string): string | undefined {
  const day = /\bRemoved from (\d{4}-\d\d-\d\d) on\b/.exec(reason)?.[1];
  return day === undefined || Number.isNaN(Date.parse(day)) ? undefined : day;
}
