import { useEffect, useRef, useState } from "preact/hooks";
import type { Analytics } from "../../../../backend/contract/activity.ts";
import { activityWords as words } from "../../words/activity.ts";
import type { ChartColors, DrawnChart } from "./draw-chart.ts";
import { chartColumns, dayWords } from "./numbers.ts";

/** Deliveries day by day. Who cannot see the picture has its sentence, and the table below it. */
export function DayChart({ analytics }: { analytics: Analytics }) {
	const place = useRef<HTMLDivElement>(null);
	const [pointed, setPointed] = useState<number | null>(null);
	const { days, total } = analytics;
	useChart(place, analytics, setPointed);
	const day = pointed === null ? undefined : days[pointed];
	return (
		<figure class="chart">
			<div
				ref={place}
				class="chart-place"
				role="img"
				aria-label={words.chart(total.delivered, total.refused, days.length)}
			/>
			<figcaption class="muted" aria-hidden="true">
				{day ? `${dayWords(day.day)}: ${words.dayLine(day.delivered, day.refused)}` : words.perDay}
			</figcaption>
		</figure>
	);
}

type Place = { current: HTMLDivElement | null };

/** Draws anew with other numbers, another theme and another width. */
function useChart(place: Place, analytics: Analytics, onPoint: (place: number | null) => void): void {
	const { days } = analytics;
	useEffect(() => {
		const element = place.current;
		if (!element) return;
		let chart: DrawnChart | null = null;
		let over = false;
		const draw = async () => {
			const { drawChart } = await import("./draw-chart.ts");
			if (over) return;
			chart?.destroy();
			const label = { day: (at: number) => (days[at] ? dayWords(days[at].day) : "") };
			const look = { width: element.clientWidth, colors: colorsOf(element), words: label, onPoint };
			chart = drawChart(element, chartColumns(days), look);
		};
		void draw();
		const sizes = new ResizeObserver(() => chart?.resize(element.clientWidth));
		sizes.observe(element);
		const themes = new MutationObserver(() => void draw());
		themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
		const system = matchMedia("(prefers-color-scheme: dark)");
		const redraw = () => void draw();
		system.addEventListener("change", redraw);
		return () => {
			over = true;
			sizes.disconnect();
			themes.disconnect();
			system.removeEventListener("change", redraw);
			chart?.destroy();
		};
	}, [place, days, onPoint]);
}

/** A canvas knows no custom properties, so they are read from elements that have them. */
function colorsOf(element: HTMLElement): ChartColors {
	const probe = document.createElement("span");
	element.append(probe);
	const color = (token: string) => {
		probe.style.color = `var(${token})`;
		return getComputedStyle(probe).color;
	};
	const { fontSize, fontFamily } = getComputedStyle(element);
	const colors = {
		good: color("--color-good"),
		bad: color("--color-bad"),
		line: color("--color-line"),
		muted: color("--color-muted"),
		font: `${fontSize} ${fontFamily}`,
	};
	probe.remove();
	return colors;
}
