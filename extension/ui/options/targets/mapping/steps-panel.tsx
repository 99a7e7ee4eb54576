import { useRef } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import { stepWords as words } from "../../../words/steps.ts";
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

const kinds = Object.keys(words.kinds) as StepKind[];
const adding = "[data-part=add-step]";
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
			{steps.length < maxSteps ? (
				<AddStep onAdd={add} />
			) : (
				<p class="muted" data-part="add-step" tabIndex={-1}>
					{words.full}
				</p>
			)}
		</div>
	);
}

function AddStep({ onAdd }: { onAdd: (kind: StepKind) => void }) {
	return (
		<select
			class="input map-step-add"
			data-part="add-step"
			aria-label={words.add}
			value=""
			onChange={(event) => {
				const kind = kinds.find((one) => one === event.currentTarget.value);
				// The list is a button here: it says again what it is for.
				event.currentTarget.value = "";
				if (kind) onAdd(kind);
			}}
		>
			<option value="">{words.add}</option>
			{kinds.map((kind) => (
				<option key={kind} value={kind}>
					{words.kinds[kind]}
				</option>
			))}
		</select>
	);
}
