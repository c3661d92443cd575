import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver, {
  description: 'A moment in ISO 8601, such as `2026-03-01T09:30:00.000Z`. Answers are in UTC with milliseconds.',
});
builder.addScalarType('JSON', JSONResolver, {
  description: 'Any JSON value, passed on as Mode sends it.',
});
