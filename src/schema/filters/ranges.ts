import { builder } from '../builder.ts';

export const DateRangeInput = builder.inputType('DateRange', {
  description: 'From `after`, inclusive, to `before`, exclusive; either end may be left open.',
  fields: (t) => ({
    after: t.field({ type: 'DateTime', description: 'At or after this moment.' }),
    before: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
});

export const CountRangeInput = builder.inputType('CountRange', {
  description: 'From `min` to `max`, both inclusive; either end may be left open.',
  fields: (t) => ({
    min: t.int({ description: 'At least this many.' }),
    max: t.int({ description: 'At most this many.' }),
  }),
});
