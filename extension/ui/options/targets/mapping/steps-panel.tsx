import { useRef } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import { stepWords as words } from "../../../words/steps.ts";
import { AddStep } from "./add-step.tsx";
import { maxSteps, movedUp, newStep, type StepDraft, type StepKind, withStep } from "./step-drafts.ts";
import { StepLine } from "./step-line.tsx";
import { useFocusOn } from "./use-focus-on.ts";

type StepsPanelProps = {
	id: string;
	steps: readonly StepDraft[];
	column: TableField | null;
	columnName: string;
	onChange: (steps: StepDraft[]) => void;
};

const adding = "[data-part=add-step] > button";
const stepAt = (at: number) => `[data-step="${at}"]`;

/** What is done to a value on its way, from top to bottom. */
export function StepsPanel({ id, steps, column, columnName, onChange }: StepsPanelProps) {
	const panel = useRef<HTMLDivElement>(null);
	const focusOn = useFocusOn(panel);
	const add = (kind: StepKind) => {
		onChange([...steps, newStep(kind, column?.type ?? "text")]);
		// A step that asks for nothing has nothing to go on with but the next.
		focusOn(`${stepAt(steps.length)} :is(input, select, textarea), ${adding}`);
	};
	return (
		<div ref={panel} id={id} class="map-steps" role="group" aria-label={words.stepsOf(columnName)}>
			<p class="muted">{words.note}</p>
			{steps.length > 0 && (
				<ol>
					{steps.map((step, at) => (
						<StepLine
							key={at}
							at={at}
							step={step}
							column={column}
							onChange={(changed) => onChange(withStep(steps, at, changed))}
							onMoveUp={() => {
								onChange(movedUp(steps, at));
								focusOn(`${stepAt(at - 1)} .map-step-tools > button`);
							}}
							onRemove={() => {
								onChange(withStep(steps, at, null));
								focusOn(adding);
							}}
						/>
					))}
				</ol>
			)}
			<div data-part="add-step">
				{steps.length < maxSteps ? <AddStep onAdd={add} /> : <p class="muted">{words.full}</p>}
			</div>
		</div>
	);
}
