import type { TodayView, UsualView } from '@antrean/shared/protocol/dashboard.ts';
import { hoursOf, type QuarterNow } from '@antrean/shared/views/day-chart.ts';
import type { EChartsCoreOption } from 'echarts/core';

/** Colours of the page that a chart stands on. */
export interface Palette {
  readonly ink: string;
  /** Of letters, px. */
  readonly size: number;
  readonly soft: string;
  readonly line: string;
  readonly came: string;
  readonly done: string;
  readonly band: string;
  /** From nobody to the most. */
  readonly heat: readonly [string, string];
}

export const byDay: Palette = {
  ink: '#0b1220',
  size: 12,
  soft: '#3b4a63',
  line: '#d5dceb',
  came: '#0b4a8f',
  done: '#0c7a45',
  band: '#b9c6dd',
  heat: ['#eef2f8', '#0b4a8f'],
};

/** On a dark wall. */
export const byNight: Palette = {
  ink: '#f4f6fb',
  size: 17,
  soft: '#b9c6dd',
  line: '#2a3859',
  came: '#6cb2ff',
  done: '#5fd698',
  band: '#4a5d85',
  heat: ['#16213a', '#6cb2ff'],
};

const font = (color: string, { size }: Palette) => ({
  color,
  fontFamily: 'Noto Sans Variable, Noto Sans, sans-serif',
  fontSize: size,
});

const frame = (colours: Palette) => ({
  animation: false,
  aria: { enabled: false },
  textStyle: font(colours.soft, colours),
  grid: { left: 8, right: 12, top: 2.8 * colours.size, bottom: 4, containLabel: true },
  axisLine: { lineStyle: { color: colours.line } },
});

const axis = (colours: Palette, more: object = {}) => ({
  axisLabel: font(colours.soft, colours),
  axisLine: { lineStyle: { color: colours.line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: colours.line } },
  ...more,
});

/** The names of what the lines and the band are. */
export interface QuarterWords {
  readonly came: string;
  readonly done: string;
  readonly usual: string;
  readonly median: string;
}

export const arrivalsOption = (
  quarters: readonly QuarterNow[],
  words: QuarterWords,
  colours: Palette,
): EChartsCoreOption => ({
  ...frame(colours),
  legend: {
    top: 0,
    left: 0,
    itemGap: 14,
    textStyle: font(colours.ink, colours),
    data: [words.came, words.done, { name: words.usual, icon: 'rect' }, words.median],
  },
  tooltip: { trigger: 'axis', confine: true },
  xAxis: axis(colours, { type: 'category', boundaryGap: false, data: quarters.map(({ time }) => time) }),
  yAxis: axis(colours, { type: 'value', minInterval: 1 }),
  series: [
    // A band is what lies over an area that is not drawn.
    {
      name: words.usual,
      type: 'line',
      stack: 'band',
      symbol: 'none',
      color: colours.band,
      silent: true,
      tooltip: { show: false },
      lineStyle: { opacity: 0 },
      data: quarters.map(({ usual }) => usual?.least ?? null),
    },
    {
      name: words.usual,
      type: 'line',
      stack: 'band',
      symbol: 'none',
      silent: true,
      tooltip: { show: false },
      color: colours.band,
      lineStyle: { opacity: 0 },
      areaStyle: { color: colours.band, opacity: 0.55 },
      data: quarters.map(({ usual }) => (usual ? usual.most - usual.least : null)),
    },
    {
      name: words.median,
      type: 'line',
      symbol: 'none',
      color: colours.soft,
      lineStyle: { type: 'dotted', width: 2 },
      data: quarters.map(({ usual }) => usual?.median ?? null),
    },
    {
      name: words.came,
      type: 'line',
      symbol: 'circle',
      symbolSize: 5,
      color: colours.came,
      lineStyle: { width: 2.5 },
      data: quarters.map(({ joined }) => joined),
    },
    {
      name: words.done,
      type: 'line',
      symbol: 'rect',
      symbolSize: 5,
      color: colours.done,
      lineStyle: { width: 2.5, type: 'dashed' },
      data: quarters.map(({ done }) => done),
    },
  ],
});

/** @param labels of the steps of a wait */
export const waitsOption = (
  waits: TodayView['waits'],
  labels: readonly string[],
  targetMinutes: number,
  stepMinutes: number,
  colours: Palette,
): EChartsCoreOption => ({
  ...frame(colours),
  grid: { left: 8, right: 12, top: 12, bottom: 4, containLabel: true },
  tooltip: { trigger: 'axis', confine: true },
  xAxis: axis(colours, {
    type: 'category',
    data: [...labels],
    axisLabel: { ...font(colours.soft, colours), interval: 0, hideOverlap: true },
  }),
  yAxis: axis(colours, { type: 'value', minInterval: 1 }),
  series: [
    {
      type: 'bar',
      barCategoryGap: '15%',
      data: waits.map((value, step) => ({
        value,
        // Beyond the target by colour and by pattern.
        itemStyle:
          (step + 1) * stepMinutes <= targetMinutes
            ? { color: colours.done }
            : {
                color: colours.came,
                decal: {
                  symbol: 'rect',
                  color: 'rgba(255,255,255,0.35)',
                  dashArrayX: [1, 0],
                  dashArrayY: [3, 4],
                  rotation: -0.8,
                },
              },
      })),
      label: {
        show: true,
        position: 'top',
        ...font(colours.ink, colours),
        formatter: ({ value }: { value: number }) => (value > 0 ? String(value) : ''),
      },
    },
  ],
});

/** @param nameOf of a weekday, 1 Monday … 7 Sunday */
export const heatOption = (
  usual: UsualView,
  nameOf: (weekday: number) => string,
  colours: Palette,
): EChartsCoreOption => {
  const { weekdays, hours } = hoursOf(usual);
  const most = Math.max(1, ...usual.hours.map(({ joined }) => joined));
  return {
    ...frame(colours),
    grid: { left: 8, right: 12, top: 8, bottom: 4, containLabel: true },
    tooltip: { confine: true },
    xAxis: axis(colours, {
      type: 'category',
      data: hours.map((hour) => String(hour).padStart(2, '0')),
      splitLine: { show: false },
    }),
    yAxis: axis(colours, { type: 'category', inverse: true, data: weekdays.map(nameOf), splitLine: { show: false } }),
    visualMap: { show: false, min: 0, max: most, inRange: { color: [...colours.heat] } },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: colours.line, borderWidth: 1 },
        data: usual.hours.map(({ weekday, hour, joined }) => ({
          value: [hours.indexOf(hour), weekdays.indexOf(weekday), joined],
          label: { color: joined > most * 0.55 === (colours === byDay) ? '#ffffff' : '#0b1220' },
        })),
        label: {
          show: true,
          fontSize: colours.size,
          formatter: ({ value }: { value: readonly number[] }) => String(Math.round(value[2] ?? 0)),
        },
      },
    ],
  };
};
