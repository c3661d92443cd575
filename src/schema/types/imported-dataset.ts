import type { ImportedDataset as ImportedDatasetRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { given } from '../fact.ts';
import { wantedOf } from '../facts-wanted.ts';
import { Report } from '../refs.ts';

export const ImportedDataset = builder.objectRef<ImportedDatasetRecord>('ImportedDataset').implement({
  description: 'A dataset that a report builds on.',
  fields: (t) => ({
    token: t.exposeString('token', { nullable: false, ...given('Token of the dataset, which is a report.') }),
    name: t.exposeString('name', given('The dataset’s name.')),
    report: t.field({
      type: Report,
      ...given('The dataset itself; null when it is hidden. One call.'),
      resolve: ({ token }, _, { operation }, info) => operation.load.report(token, wantedOf(info)),
    }),
  }),
});
