import uPlot from "uplot";
import type { ChartColumns } from "./numbers.ts";

export type ChartWords = { day: (place: number) => string };

/** What the chart is drawn with, as the theme has it now. */
export type ChartColors = { good: string; bad: string; line: string; muted: string; font: string };

export type DrawnChart = { resize(width: number): void; destroy(): void };

const height = 180;
const mostBars = 64;

/** Bars of one day each, those that needed the person on top. Loaded when a page shows a chart and not before. */
export function drawChart(
	place: HTMLElement,
	columns: ChartColumns,
	look: { width: number; colors: ChartColors; words: ChartWords; onPoint: (place: number | null) => void },
): DrawnChart {
	const { colors, words, onPoint } = look;
	const bars = uPlot.paths.bars?.({ size: [0.7, mostBars], radius: 0.15 });
	const series = (fill: string): uPlot.Series => ({
		fill,
		width: 0,
		points: { show: false },
		...(bars ? { paths: bars } : {}),
	});
	const axis = { stroke: colors.muted, font: colors.font, ticks: { show: false } };
	const options: uPlot.Options = {
		width: look.width,
		height,
		legend: { show: false },
		cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
		scales: {
			x: { time: false, range: [-0.6, columns.places.length - 0.4] },
			y: { range: (_chart, _low, high) => [0, Math.max(1, high) * 1.05] },
		},
		axes: [
			{
				...axis,
				grid: { show: false },
				space: 64,
				size: 30,
				values: (_chart, places) => places.map((at) => words.day(at)),
			},
			{
				...axis,
				grid: { stroke: colors.line, width: 1 },
				incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000],
				size: 44,
			},
		],
		series: [{}, series(colors.bad), series(colors.good)],
		hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
	};
	const chart = new uPlot(options, [columns.places, columns.stacked, columns.delivered], place);
	return { resize: (width) => chart.setSize({ width, height }), destroy: () => chart.destroy() };
}
