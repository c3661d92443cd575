import type { SimReport } from '../../world/rows.ts';
import type { Scene } from './scene.ts';

const STYLE = [
  '  .report-heading { font-family: "Inter", sans-serif; font-size: 22px; padding: 12px 0; color: #2b3a42; }',
  '  .report-heading small { display: block; font-size: 13px; color: #6b7a83; font-weight: 400; margin-top: 4px; }',
  '  .report-note { border-left: 3px solid #37b067; padding-left: 10px; font-size: 13px; line-height: 1.5; }',
  '  .tile { border: 1px solid #e3e6e8; border-radius: 4px; margin-bottom: 16px; background: #ffffff; }',
  '  .tile .tile-title { font-weight: 600; padding: 8px 12px; border-bottom: 1px solid #f0f2f3; }',
  '  .tile .tile-footnote { font-size: 11px; color: #8a979f; padding: 4px 12px 10px 12px; text-align: right; }',
  '  .mode-grid .row { margin-left: -8px; margin-right: -8px; display: flex; flex-wrap: wrap; }',
  '  .mode-grid .row > div { padding-left: 8px; padding-right: 8px; box-sizing: border-box; }',
  '  .kpi { text-align: center; font-size: 34px; font-variant-numeric: tabular-nums; letter-spacing: -0.5px; }',
  '  .kpi .delta-up { color: #37b067; } .kpi .delta-down { color: #eb6672; } .kpi .delta-flat { color: #8a979f; }',
  '  .mode-header { border-bottom: 2px solid #2b3a42; margin-bottom: 24px; } .mode-header h1 { margin: 0; }',
  '  .mode-header p { max-width: 720px; color: #4a5961; font-size: 14px; line-height: 1.6; margin: 6px 0 14px; }',
  '  @media print { .embed-hidden { display: none; } .tile { break-inside: avoid; border-color: #cccccc; } }',
  '  @media (max-width: 768px) { .tile { margin-bottom: 8px; } .report-heading { font-size: 18px; } }',
].join('\n');

/** The report's page as HTML: a style block and a grid with a tile for each chart. Some KB, as analysts write it. */
export function reportLayout(scene: Scene, row: SimReport): string {
  const tiles = scene.world
    .liveQueries(row.token)
    .flatMap((query) => scene.world.liveCharts(query.token))
    .map(
      (chart, place) =>
        `    <div class="col-md-${place % 3 === 0 ? 12 : 6} tile" data-position="${place}">\n` +
        `      <mode-chart id="chart_${chart.token}" dataset="dataset" options="chart_options" ` +
        `data-size="${place % 3 === 0 ? 'wide' : 'half'}"></mode-chart>\n    </div>`,
    );
  return [
    `<style>\n${STYLE}\n</style>`,
    '<div class="mode-header embed-hidden">\n  <h1>{{ title }}</h1>\n  <p>{{ description }}</p>\n</div>',
    '<div class="mode-grid container">\n  <div class="row">',
    ...tiles,
    '  </div>\n</div>',
  ].join('\n');
}
