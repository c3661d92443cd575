import type { ReportStatsRecord } from '../../mode/records.ts';
import { builder } from '../builder.ts';
import { given } from '../fact.ts';
import { Provenance } from './provenance.ts';

export const ReportStats = builder.objectRef<ReportStatsRecord>('ReportStats').implement({
  description: 'How a report is used, as Mode’s Discovery API counts it.',
  fields: (t) => ({
    viewCount: t.exposeInt('viewCount', given('How often it was viewed.')),
    activeSchedulesCount: t.exposeInt('activeSchedulesCount', given('How many schedules run it now.')),
    explorationsCount: t.exposeInt('explorationsCount', given('How many explorations start from its charts.')),
    recentRunnerEmails: t.exposeStringList('recentRunnerEmails', {
      nullable: false,
      ...given('Addresses of those who ran it by hand of late.'),
    }),
    schedulerEmails: t.exposeStringList('schedulerEmails', {
      nullable: false,
      ...given('Addresses of those whose schedules run it.'),
    }),
    editorEmails: t.exposeStringList('editorEmails', {
      nullable: false,
      ...given('Addresses of those who edited it.'),
    }),
    provenance: t.expose('provenance', {
      type: Provenance,
      nullable: false,
      ...given('Where these facts came from.'),
    }),
  }),
});
