import { GraphQLScalarType } from 'graphql';
import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import { builder } from './builder.ts';

const dateTime = DateTimeResolver.toConfig();

/** What records hold as text was read and written anew when it came from Mode; to do so again is most of a list's work. */
const DateTime = new GraphQLScalarType({
  ...dateTime,
  serialize: (value) => (typeof value === 'string' ? value : dateTime.serialize(value)),
});

builder.addScalarType('DateTime', DateTime, {
  description: 'A moment in ISO 8601, such as `2026-03-01T09:30:00.000Z`. Answers are in UTC with milliseconds.',
});
builder.addScalarType('JSON', JSONResolver, {
  description: 'Any JSON value, passed on as Mode sends it.',
});
