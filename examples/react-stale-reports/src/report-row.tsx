import { graphql, readFragment, type FragmentType } from './generated/index.ts';

/** What a row shows, beside what shows it: the list asks for it without knowing what it is. */
const ReportRowFragment = graphql(`
  fragment ReportRow on Report {
    name
    webUrl
    lastViewedAt
    viewCount
    creator {
      name
      email
    }
    collection {
      name
    }
  }
`);

interface Props {
  readonly report: FragmentType<typeof ReportRowFragment>;
  /** Whether all of the answer could be had. Else null may mean no more than that something failed. */
  readonly isWhole: boolean;
}

export function ReportRow({ report, isWhole }: Props) {
  const { name, webUrl, lastViewedAt, viewCount, creator, collection } = readFragment(ReportRowFragment, report);
  const absent = (meaning: string): string => (isWhole ? meaning : '…');
  return (
    <li>
      <a href={webUrl}>{name ?? 'Untitled'}</a>
      <span>{collection?.name ?? absent('A hidden collection')}</span>
      <span>{creator?.name ?? creator?.email ?? absent('Somebody who has left')}</span>
      <span>{viewCount === 1 ? '1 view' : `${viewCount ?? absent('?')} views`}</span>
      <time dateTime={lastViewedAt ?? undefined}>
        {typeof lastViewedAt === 'string' ? `viewed ${new Date(lastViewedAt).toLocaleDateString()}` : 'never viewed'}
      </time>
    </li>
  );
}
