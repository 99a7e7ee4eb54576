import { useId } from "preact/hooks";
import type { Frequency, Schedule } from "../../../../backend/contract/targets.ts";
import { accountWords } from "../../words/account.ts";
import { weekdayName, rhythmWords as words } from "../../words/rhythm.ts";
import { ownZone } from "../account/time-zones.ts";
import { ZoneInput } from "../account/zone-input.tsx";
import { atMinutes, minutesOf, type Rhythm, withFrequency, withSchedule } from "./schedule-editor.ts";

const weekdays = [1, 2, 3, 4, 5, 6, 0];

type WhenProps = { rhythm: Rhythm; onChange: (rhythm: Rhythm) => void };

type WhenWords = {
	when: string;
	/** Those that can be chosen, in this order. */
	frequency: Readonly<Partial<Record<Frequency, string>>>;
};

type WhenFieldsProps = WhenProps & { said?: WhenWords; isLine?: boolean };

/**
 * When something happens by itself: at once, on request, or by the clock of a place. In the words of a target, where no others are given;
 * a part of its form under a heading, where it is not one line (`isLine`) among others.
 */
export function WhenFields({ rhythm, onChange, said = words, isLine = false }: WhenFieldsProps) {
	const id = useId();
	const frequencies = Object.keys(said.frequency) as Frequency[];
	return (
		<section class={isLine ? "form-line" : "form-part"}>
			<label for={id}>{isLine ? said.when : <h2>{said.when}</h2>}</label>
			<select
				id={id}
				class="input when-frequency"
				value={rhythm.frequency}
				onChange={(event) => onChange(withFrequency(rhythm, event.currentTarget.value as Frequency, ownZone()))}
			>
				{frequencies.map((frequency) => (
					<option key={frequency} value={frequency}>
						{said.frequency[frequency]}
					</option>
				))}
			</select>
			{rhythm.schedule && <ScheduleFields rhythm={rhythm} schedule={rhythm.schedule} onChange={onChange} />}
		</section>
	);
}

function ScheduleFields({ rhythm, schedule, onChange }: WhenProps & { schedule: Schedule }) {
	const zone = useId();
	const change = (part: Partial<Schedule>) => onChange(withSchedule(rhythm, part));
	return (
		<div class="when-fields">
			{rhythm.frequency === "hourly" && <Minutes schedule={schedule} onChange={change} />}
			{rhythm.frequency === "weekly" && <Weekday schedule={schedule} onChange={change} />}
			{(rhythm.frequency === "daily" || rhythm.frequency === "weekly") && (
				<Time schedule={schedule} onChange={change} />
			)}
			{rhythm.frequency === "cron" && <Cron schedule={schedule} onChange={change} />}
			{rhythm.frequency !== "hourly" && (
				<div class="form-line">
					<label for={zone}>{accountWords.timeZone}</label>
					<ZoneInput id={zone} zone={schedule.timeZone} onChoose={(timeZone) => change({ timeZone })} />
				</div>
			)}
		</div>
	);
}

type PartProps = { schedule: Schedule; onChange: (part: Partial<Schedule>) => void };

function Minutes({ schedule, onChange }: PartProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{words.minutes}</label>
			<input
				id={id}
				class="input"
				type="number"
				min={0}
				max={59}
				value={minutesOf(schedule)}
				onChange={(event) => onChange({ at: atMinutes(event.currentTarget.valueAsNumber) })}
			/>
		</div>
	);
}

function Time({ schedule, onChange }: PartProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{words.time}</label>
			<input
				id={id}
				class="input"
				type="time"
				value={schedule.at ?? ""}
				onInput={(event) => onChange({ at: event.currentTarget.value })}
			/>
		</div>
	);
}

function Weekday({ schedule, onChange }: PartProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{words.weekday}</label>
			<select
				id={id}
				class="input"
				value={String(schedule.weekday ?? 1)}
				onChange={(event) => onChange({ weekday: Number(event.currentTarget.value) })}
			>
				{weekdays.map((weekday) => (
					<option key={weekday} value={String(weekday)}>
						{weekdayName(weekday)}
					</option>
				))}
			</select>
		</div>
	);
}

function Cron({ schedule, onChange }: PartProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{words.cron}</label>
			<input
				id={id}
				class="input mono"
				type="text"
				spellcheck={false}
				autocomplete="off"
				maxLength={100}
				aria-describedby={`${id}-note`}
				value={schedule.cron ?? ""}
				onInput={(event) => onChange({ cron: event.currentTarget.value })}
			/>
			<p id={`${id}-note`} class="muted">
				{words.cronNote}
			</p>
		</div>
	);
}
