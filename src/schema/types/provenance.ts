import type { Provenance as ProvenanceRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';

export const Source = builder.enumType('Source', {
  description: 'Which of Mode’s APIs a fact came from.',
  values: {
    REST: { description: 'Read from REST: for this answer, or kept since `asOf`.' },
    DISCOVERY: { description: 'From the Discovery API’s copy of the workspace, up to a day old.' },
  },
});

export const Provenance = builder.objectRef<ProvenanceRecord>('Provenance').implement({
  description: 'Where the facts of an object came from, and how old they are.',
  fields: (t) => ({
    source: t.field({
      type: Source,
      nullable: false,
      description: 'The API that supplied the object.',
      resolve: (provenance) => provenance.source,
    }),
    asOf: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When Mode told the gateway.',
      resolve: (provenance) => new Date(provenance.asOf),
    }),
  }),
});
