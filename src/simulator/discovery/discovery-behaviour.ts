/**
 * How the Discovery service behaves: lists of the whole workspace under `/batch`. Where Mode's own papers contradict
 * each other or say nothing, there is a switch.
 */
export interface DiscoveryBehaviour {
  /** Whether the workspace's plan includes Discovery. Without it lists and minting answer 403. */
  discoveryPlan: boolean;
  /** Rows on a page when `per_page` is not sent. */
  discoveryPageSize: number;
  /** The most an explicit `per_page` may be: 999 or 1,000. More is refused with 400. */
  discoveryPerPage: 'below1000' | 'upTo1000';
  /** The links of the first page to the one before and of the last to the next: to the page itself, or left out. */
  discoveryEdgeLinks: 'clamped' | 'absent';
  /** Whether archived reports are listed, with what they hold. */
  discoveryArchived: boolean;
  /** Whether datasets are listed as reports, with what they hold. */
  discoveryDatasets: boolean;
  /** Chart titles as they were typed, or ready for HTML as the REST service tells them. */
  discoveryChartTitles: 'plain' | 'encoded';
  /** What the number of views is called. */
  discoveryViewCount: 'view_count' | 'total_views_count';
  /** What the list of members is called. */
  discoveryMembersKey: 'members' | 'memberships';
  /** Whose rate window a signature token's calls go to: the window of the admin who minted it, or one of their own. */
  discoveryBucket: 'shared' | 'separate';
  /** Milliseconds of clock time between a call and its answer. 0 answers at once. */
  discoveryLatencyMs: number;
  /** What a list says to a signature token that expired, was deleted or never was. */
  deadToken: 401 | 404;
  /**
   * `true` draws a new order for every request: whoever reads page after page gets some rows twice and misses as many.
   * `rotate` starts every page with the last rows of the page before (one in fifty of a page, one at least): rows
   * come twice and none is missed. `total_pages` allows for it; `total_count` counts every row once.
   */
  discoveryShuffle: boolean | 'rotate';
}

export const REALISTIC_DISCOVERY: Readonly<DiscoveryBehaviour> = {
  discoveryPlan: true,
  discoveryPageSize: 1000,
  discoveryPerPage: 'below1000',
  discoveryEdgeLinks: 'clamped',
  discoveryArchived: true,
  discoveryDatasets: true,
  discoveryChartTitles: 'plain',
  discoveryViewCount: 'view_count',
  discoveryMembersKey: 'members',
  discoveryBucket: 'shared',
  discoveryLatencyMs: 80,
  deadToken: 401,
  discoveryShuffle: false,
};
