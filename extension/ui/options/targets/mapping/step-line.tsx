import type { TableField } from "../../../../../backend/contract/connections.ts";
import { IconButton } from "../../../parts/button.tsx";
import { stepWords as words } from "../../../words/steps.ts";
import { readStep, type StepDraft } from "./step-drafts.ts";
import { StepFields } from "./step-fields.tsx";

type StepLineProps = {
	at: number;
	step: StepDraft;
	column: TableField | null;
	onChange: (step: StepDraft) => void;
	onMoveUp: () => void;
	onRemove: () => void;
};

/** One step: what it does, what it needs to know, and what is still missing of that. */
export function StepLine({ at, step, column, onChange, onMoveUp, onRemove }: StepLineProps) {
	const name = words.kinds[step.kind];
	const read = readStep(step);
	return (
		<li class="map-step" data-step={at}>
			<p class="map-step-name">{name}</p>
			<div class="map-step-tools">
				{at > 0 && <IconButton size="small" icon="arrow" label={words.moveUp(name)} onPress={onMoveUp} />}
				<IconButton size="small" icon="close" label={words.remove(name)} onPress={onRemove} />
			</div>
			<div class="map-step-fields">
				<StepFields step={step} column={column} onChange={onChange} />
				{!read.ok && <p class="muted map-step-missing">{read.message}</p>}
			</div>
		</li>
	);
}
