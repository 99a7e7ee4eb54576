import { stepWords as words } from "../../../words/steps.ts";
import type { ReplaceDraft } from "./step-drafts.ts";
import { StepText, StepTick } from "./step-inputs.tsx";

const longest = 500;

/** Finding is by the text as it is written, unless the person asks for patterns. */
export function ReplaceFields({ step, onChange }: { step: ReplaceDraft; onChange: (step: ReplaceDraft) => void }) {
	return (
		<>
			<div class="map-step-pair">
				<StepText
					label={words.find}
					value={step.find}
					maxLength={longest}
					onType={(find) => onChange({ ...step, find })}
					{...(step.byPattern ? { note: words.patternNote } : {})}
				/>
				<StepText
					label={words.replace}
					value={step.replace}
					maxLength={longest}
					note={words.replaceNote}
					onType={(replace) => onChange({ ...step, replace })}
				/>
			</div>
			<div class="choices">
				<StepTick
					label={words.ignoreCase}
					ticked={step.ignoreCase}
					onTick={(ignoreCase) => onChange({ ...step, ignoreCase })}
				/>
				<StepTick
					label={words.byPattern}
					ticked={step.byPattern}
					onTick={(byPattern) => onChange({ ...step, byPattern })}
				/>
			</div>
		</>
	);
}
