import { useId } from "preact/hooks";
import { stepWords as words } from "../../../words/steps.ts";
import { ownZone } from "../../account/time-zones.ts";
import { ZoneInput } from "../../account/zone-input.tsx";
import type { StepDraft } from "./step-drafts.ts";
import { StepText } from "./step-inputs.tsx";

type DateDraft = Extract<StepDraft, { kind: "date" }>;

/** How a date is written; where a time of day goes with it, where that time was. */
export function DateFields({ step, onChange }: { step: DateDraft; onChange: (step: DateDraft) => void }) {
	const zone = useId();
	const { pattern = "", timeZone } = step;
	const write = (text: string) => {
		// A time that was written here means the time here, until the person says otherwise.
		const place = hasTime(text) ? (timeZone ?? ownZone()) : undefined;
		onChange({
			kind: "date",
			...(text === "" ? {} : { pattern: text }),
			...(place === undefined ? {} : { timeZone: place }),
		});
	};
	return (
		<div class="map-step-pair">
			<StepText
				label={words.datePattern}
				value={pattern}
				maxLength={60}
				placeholder="DD.MM.YYYY"
				note={words.datePatternNote}
				onType={write}
			/>
			{timeZone !== undefined && (
				<div class="form-line">
					<label for={zone}>{words.timeZone}</label>
					<ZoneInput id={zone} zone={timeZone} onChoose={(chosen) => onChange({ ...step, timeZone: chosen })} />
				</div>
			)}
		</div>
	);
}

function hasTime(pattern: string): boolean {
	return /h/i.test(pattern);
}
