import { useState } from "preact/hooks";
import type { Analytics } from "../../../../backend/contract/activity.ts";
import { numberText } from "../../../i18n/locale.ts";
import { activityWords as words } from "../../words/activity.ts";
import { axisSteps, dayWords, labelledDays } from "./numbers.ts";

/** Deliveries day by day. Who cannot see the picture has its sentence, and the table below it. */
export function DayChart({ analytics }: { analytics: Analytics }) {
	const [pointed, setPointed] = useState<number | null>(null);
	const { days, total } = analytics;
	const day = pointed === null ? undefined : days[pointed];
	return (
		<figure class="chart">
			<div class="chart-place" role="img" aria-label={words.chart(total.delivered, total.refused, days.length)}>
				<Bars days={days} onPoint={setPointed} />
			</div>
			<figcaption class="muted" aria-hidden="true">
				{day ? `${dayWords(day.day)}: ${words.dayLine(day.delivered, day.refused)}` : words.perDay}
			</figcaption>
		</figure>
	);
}

type BarsProps = { days: Analytics["days"]; onPoint: (place: number | null) => void };

/** A bar for each day, what needed the person on top of what was delivered. */
function Bars({ days, onPoint }: BarsProps) {
	const steps = axisSteps(Math.max(0, ...days.map(({ delivered, refused }) => delivered + refused)));
	const part = (count: number) => `${(100 * count) / (steps.at(-1) ?? 1)}%`;
	const labelled = labelledDays(days.length);
	return (
		<>
			{steps.map((step) => (
				<span key={step} class="chart-line" style={{ insetBlockEnd: part(step) }}>
					<span>{numberText(step)}</span>
				</span>
			))}
			<div class="chart-days" onPointerLeave={() => onPoint(null)}>
				{days.map(({ day, delivered, refused }, place) => (
					<div key={day} class="chart-day" onPointerEnter={() => onPoint(place)}>
						<i class="chart-refused" style={{ blockSize: part(refused) }} />
						<i class="chart-delivered" style={{ blockSize: part(delivered) }} />
						{labelled.has(place) && <time dateTime={day}>{dayWords(day)}</time>}
					</div>
				))}
			</div>
		</>
	);
}
