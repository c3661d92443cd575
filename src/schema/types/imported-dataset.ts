import type { ImportedDataset as ImportedDatasetRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { fact } from '../fact.ts';
import { Report } from '../refs.ts';

export const ImportedDataset = builder.objectRef<ImportedDatasetRecord>('ImportedDataset').implement({
  description: 'A dataset that a report builds on.',
  fields: (t) => ({
    token: t.exposeString('token', { nullable: false, ...fact('Token of the dataset, which is a report.') }),
    name: t.exposeString('name', fact('The dataset’s name.')),
    report: t.field({
      type: Report,
      ...fact('The dataset itself; null when it is hidden. One call.'),
      resolve: ({ token }, _, { operation }) => operation.load.report(token),
    }),
  }),
});
