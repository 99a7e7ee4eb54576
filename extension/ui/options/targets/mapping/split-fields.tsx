import { stepWords as words } from "../../../words/steps.ts";
import { type Take, takeChoices, takeOf, withTake } from "./split-take.ts";
import type { StepDraft } from "./step-drafts.ts";
import { StepChoice, StepText } from "./step-inputs.tsx";

type SplitDraft = Extract<StepDraft, { kind: "split" }>;

/** Where a text is cut, and which of the parts is kept. */
export function SplitFields({ step, onChange }: { step: SplitDraft; onChange: (step: SplitDraft) => void }) {
	return (
		<div class="map-step-pair">
			<StepText
				label={words.separator}
				value={step.separator}
				maxLength={20}
				onType={(separator) => onChange({ ...step, separator })}
			/>
			<StepChoice<Take>
				label={words.take}
				choices={takeChoices(step.take)}
				chosen={takeOf(step.take)}
				onChoose={(take) => onChange(withTake(step, take))}
			/>
		</div>
	);
}
