import type { SimChart, SimColumn } from '../../world/rows.ts';
import { tokenFor } from '../../world/tokens.ts';
import { chartFormat } from './chart-format.ts';
import { encodeEntities } from './encode-entities.ts';
import type { Payload, Scene } from './scene.ts';

const MARKS: Record<string, string> = { table: 'Text', line: 'Line', area: 'Area', pie: 'Arc', scatter: 'Circle' };

/** The chart's own description of itself. A filter, where there is one, holds values from the data. */
export function chartVegas(scene: Scene, row: SimChart): Payload {
  const columns = scene.world.queryByToken.get(row.queryToken)?.columns ?? [];
  const time = columns.filter((column) => column.kind === 'time');
  const texts = columns.filter((column) => column.kind === 'text');
  const numbers = columns.filter((column) => column.kind === 'number');
  const field = (column: SimColumn): Payload => ({
    id: tokenFor(row.token, column.name).slice(0, 4),
    formula: `[${column.name}]`,
    variable: { type: column.kind === 'number' ? 'CONTINUOUS' : 'DISCRETE' },
  });
  const tabular = /table/i.test(row.type);
  const filtered = Number.parseInt(row.token.slice(-2), 16) < 60 ? texts : [];
  return {
    format: chartFormat(row.paletteToken, columns),
    fieldFormats: Object.fromEntries(columns.map((column) => [`[${column.name}]`, fieldFormat(column)])),
    fieldColors: {},
    title: encodeEntities(row.title),
    description: row.description,
    chartType: row.type,
    encoding: {
      row: row.type.includes('ivot') ? texts.map(field) : [],
      column: [],
      x: tabular ? [] : time.map(field),
      y: tabular ? [] : numbers.slice(0, 1).map(field),
      x2: [],
      y2: row.type === 'linePlusBar' ? numbers.slice(1, 2).map(field) : [],
      value: row.type.startsWith('big') ? numbers.slice(0, 1).map(field) : [],
      marks: {
        channel: '*',
        series: [],
        properties: {
          type: { value: MARKS[row.type] ?? 'Bar', automatic: true },
          color: { values: tabular ? [] : texts.map(field) },
          size: { values: [] },
          text: { values: tabular ? columns.map(field) : [] },
          label: { values: [] },
          detail: { values: [] },
          angle: { values: [] },
          tooltip: { values: [] },
        },
      },
      sorts: time.map((column) => ({
        source: `[${column.name}]`,
        byField: field(column),
        type: 'DATA',
        descending: false,
      })),
      filter: filtered.map((column) => ({
        ...field(column),
        selection: { selected: ['web', 'app', 'Bergstrom', 'Okafor'], mode: 'INCLUDE' },
        filterType: 'DISCRETE',
      })),
      totals: { grand: { row: false, column: false } },
    },
  };
}

function fieldFormat(column: SimColumn): Payload {
  const colType = { time: 'TIMESTAMP', text: 'STRING', number: 'DOUBLE' }[column.kind];
  const shown =
    column.kind === 'time'
      ? { type: 'date', horizontalAlignment: 'right', dateFormat: 'day' }
      : { type: 'default', horizontalAlignment: column.kind === 'text' ? 'left' : 'right' };
  return { paneFormat: { default: { colType, ...shown } }, axisFormat: {}, headerFormat: {}, legendFormat: {} };
}
