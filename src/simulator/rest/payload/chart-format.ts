import type { SimColumn } from '../../world/rows.ts';
import type { Payload } from './scene.ts';

const PALETTE = ['#37B067', '#6296BC', '#EDB40D', '#7FD7C1', '#9F8CAE', '#EB6672', '#376C72', '#EE9DCC', '#E3791A'];

/** The look of a chart: axes, legend, table and colours, nearly all of it defaults. It is most of a chart's weight. */
export function chartFormat(paletteToken: string, columns: readonly SimColumn[]): Payload {
  const axis = {
    numberRange: { min: null, max: null },
    numberFormat: { format: null, precision: null },
    title: null,
    titleEnabled: true,
  };
  return {
    xAxis: { rotate: null, dateFormat: 'auto', ...axis },
    yAxis: { ...axis, scaleType: 'linear' },
    y2Axis: { ...axis, scaleType: 'linear' },
    flatTable: {
      general: {
        sizingStyle: 'sizeToFit',
        colorScheme: 'default',
        density: 'standard',
        colGridlines: true,
        rowGridlines: true,
        rowNumbers: false,
      },
      columns: columns.map((column) => ({
        id: `[${column.name}]`,
        colType: { time: 'TIMESTAMP', text: 'STRING', number: 'DOUBLE' }[column.kind],
      })),
    },
    legend: { enabled: true, position: 'auto', title: null, titleEnabled: true },
    bigValue: { description: null, primaryTrendFormat: { label: null } },
    nullToZero: false,
    showValues: true,
    pieLabelsNotPercentages: false,
    drilldownEnabled: true,
    colors: { theme: paletteToken, custom: PALETTE, map: {} },
  };
}
