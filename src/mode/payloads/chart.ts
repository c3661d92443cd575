import * as z from 'zod';
import type { ChartRecord, Provenance } from '../records.ts';
import { lastSegment, links, tokenAfter } from './links.ts';
import { maybeJson, maybeNumber, maybeText, maybeTime, maybeTitle, maybeToken, token } from './scalars.ts';

/** What we read of `view_vegas`; the whole of it is passed on as Mode sent it. */
const vegas = z.object({ title: maybeTitle, description: maybeTitle, chartType: maybeText });

/** A chart, alone or as a row. Its title and type stand inside `view_vegas`; its parents only in its links. */
export const chartPayload = z.object({
  token,
  state: maybeText,
  created_at: maybeTime,
  updated_at: maybeTime,
  view: maybeJson,
  view_version: maybeNumber,
  view_vegas: maybeJson,
  color_palette_token: maybeToken,
  _links: links,
});

/** @param asked the parents whose path was asked: right when the links are silent, else theirs are */
export function toChart(
  row: z.output<typeof chartPayload>,
  asked: { readonly report: string; readonly query: string },
  provenance: Provenance,
): ChartRecord {
  const relations = ['self', 'report_viz_web', 'preview'];
  const shown = vegas.safeParse(row.view_vegas).data;
  return {
    kind: 'Chart',
    token: row.token,
    modeId: null,
    collectionToken: null,
    explorationUrl: null,
    queryToken: tokenAfter(row._links, relations, ['queries']) ?? asked.query,
    reportToken: tokenAfter(row._links, relations, ['reports', 'datasets']) ?? asked.report,
    type: shown?.chartType ?? legacyText(row.view, 'selectedChart'),
    title: shown?.title ?? legacyText(row.view, 'chartTitle'),
    description: shown?.description ?? null,
    creatorUsername: lastSegment(row._links, 'creator'),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    view: row.view,
    viewVersion: row.view_version,
    viewVegas: row.view_vegas,
    colorPaletteToken: row.color_palette_token,
    provenance,
  };
}

/** Charts of `view_version` 1 keep title and type in `view`, which is `{}` ever since. */
function legacyText(view: unknown, field: string): string | null {
  const parsed = z.object({ [field]: maybeTitle }).safeParse(view);
  return parsed.success ? (parsed.data[field] ?? null) : null;
}
