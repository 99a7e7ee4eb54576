import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { Analytics } from "../../../../backend/contract/activity.ts";
import { numberText } from "../../../i18n/locale.ts";
import { Empty } from "../../parts/empty.tsx";
import { reasonWords, activityWords as words } from "../../words/activity.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useRemote } from "../use-remote.ts";
import { DayChart } from "./day-chart.tsx";
import { dayWords, isQuiet, rateWords, waitWords } from "./numbers.ts";

const ranges = [7, 30, 90];

/** How deliveries went: the numbers, the days, and why attempts failed. */
export function DeliveryNumbers({ who }: { who: string }) {
	const { client, online } = useWorld();
	const [days, setDays] = useState(30);
	const [targetId, setTargetId] = useState<string | null>(null);
	const [analytics, reload] = useRemote([who, days, targetId, online].join(" "), () =>
		client.analytics({ days, targetId }),
	);
	return (
		<section class="section" aria-label={words.delivered}>
			<div class="activity-choices">
				<Ranges days={days} onChoose={setDays} />
				<TargetChoice targetId={targetId} onChoose={setTargetId} />
			</div>
			<RemoteView remote={analytics} what={words.what} online={online} onReload={reload}>
				{(value) => <Numbers analytics={value} />}
			</RemoteView>
		</section>
	);
}

function Ranges({ days, onChoose }: { days: number; onChoose: (days: number) => void }) {
	return (
		<fieldset class="segments activity-range">
			<legend class="hidden-visually">{words.range}</legend>
			{ranges.map((range) => (
				<label class="segment" key={range}>
					<input
						class="hidden-visually"
						type="radio"
						name="range"
						checked={range === days}
						onChange={() => onChoose(range)}
					/>
					{words.days(range)}
				</label>
			))}
		</fieldset>
	);
}

type TargetChoiceProps = { targetId: string | null; onChoose: (targetId: string | null) => void };

function TargetChoice({ targetId, onChoose }: TargetChoiceProps) {
	const { settings } = useWorld();
	if (settings.targets.length < 2) return null;
	return (
		<select
			class="input"
			aria-label={words.target}
			value={targetId ?? ""}
			onChange={(event) => onChoose(event.currentTarget.value || null)}
		>
			<option value="">{words.allTargets}</option>
			{settings.targets.map(({ id, name }) => (
				<option key={id} value={id}>
					{name}
				</option>
			))}
		</select>
	);
}

function Numbers({ analytics }: { analytics: Analytics }) {
	const { total } = analytics;
	const wait = (ms: number | null) =>
		ms === null ? words.none : <time dateTime={`PT${ms / 1_000}S`}>{waitWords(ms)}</time>;
	return (
		<>
			<dl class="tiles">
				<Tile name={words.delivered} value={numberText(total.delivered)} />
				<Tile name={words.successRate} value={total.successRate === null ? words.none : rateWords(total.successRate)} />
				<Tile name={words.median} value={wait(total.medianWaitMs)} />
				<Tile name={words.p95} value={wait(total.p95WaitMs)} />
			</dl>
			<div class="card chart-card">
				{isQuiet(analytics) ? <Empty icon="list">{words.nothing}</Empty> : <DayChart analytics={analytics} />}
			</div>
			{!isQuiet(analytics) && <DayTable days={analytics.days} />}
			<Problems problems={analytics.problems} />
		</>
	);
}

function Tile({ name, value }: { name: string; value: ComponentChildren }) {
	return (
		<div class="card tile">
			<dt class="muted">{name}</dt>
			<dd>{value}</dd>
		</div>
	);
}

/** Days on which something ended; the others would be lines of noughts. */
function DayTable({ days }: Pick<Analytics, "days">) {
	const busy = days.filter(({ delivered, refused }) => delivered + refused > 0).toReversed();
	return (
		<details class="day-table">
			<summary>{words.asTable}</summary>
			<table>
				<thead>
					<tr>
						<th scope="col">{words.day}</th>
						<th scope="col">{words.delivered}</th>
						<th scope="col">{words.neededYou}</th>
						<th scope="col">{words.p95}</th>
					</tr>
				</thead>
				<tbody>
					{busy.map((day) => (
						<tr key={day.day}>
							<th scope="row">{dayWords(day.day)}</th>
							<td>{day.delivered}</td>
							<td>{day.refused}</td>
							<td>{day.p95WaitMs === null ? words.none : waitWords(day.p95WaitMs)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</details>
	);
}

function Problems({ problems }: Pick<Analytics, "problems">) {
	const id = useId();
	return (
		<section class="section" aria-labelledby={id}>
			<h2 id={id}>{words.why}</h2>
			{problems.length === 0 ? (
				<p class="muted">{words.noProblems}</p>
			) : (
				<ul class="card rows">
					{problems.map(({ code, attempts }) => (
						<li class="row fact-row" key={code}>
							<span>{reasonWords(code)}</span>
							<span class="muted">{words.attempts(attempts)}</span>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
