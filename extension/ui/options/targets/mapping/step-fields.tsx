import { useId } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import { stepWords as words } from "../../../words/steps.ts";
import { ChosenValue } from "./chosen-value.tsx";
import { DateFields } from "./date-fields.tsx";
import { ReplaceFields } from "./replace-fields.tsx";
import { SplitFields } from "./split-fields.tsx";
import type { StepDraft } from "./step-drafts.ts";
import { StepChoice, StepText } from "./step-inputs.tsx";
import { SwapFields } from "./swap-fields.tsx";

type StepFieldsProps = { step: StepDraft; column: TableField | null; onChange: (step: StepDraft) => void };

/** What a step needs to know, by its kind. */
export function StepFields({ step, column, onChange }: StepFieldsProps) {
	switch (step.kind) {
		case "trim":
		case "url":
			return <p class="muted">{words.notes[step.kind]}</p>;
		case "regex":
			return <ReplaceFields step={step} onChange={onChange} />;
		case "number":
			return (
				<StepChoice
					label={words.decimal}
					choices={words.decimals}
					chosen={step.decimal}
					onChoose={(decimal) => onChange({ ...step, decimal })}
				/>
			);
		case "date":
			return <DateFields step={step} onChange={onChange} />;
		case "split":
			return <SplitFields step={step} onChange={onChange} />;
		case "join":
			return (
				<StepText
					label={words.joiner}
					value={step.separator}
					maxLength={20}
					onType={(separator) => onChange({ ...step, separator })}
				/>
			);
		case "map":
			return <SwapFields pairs={step.pairs} onChange={(pairs) => onChange({ ...step, pairs })} />;
		case "default":
			return <StandIn step={step} column={column} onChange={onChange} />;
	}
}

type StandInProps = { step: Extract<StepDraft, { kind: "default" }> } & Omit<StepFieldsProps, "step">;

function StandIn({ step, column, onChange }: StandInProps) {
	const id = useId();
	return (
		<ChosenValue
			id={id}
			label={words.standIn}
			column={column}
			value={step.form}
			onChange={(form) => onChange({ ...step, form })}
		/>
	);
}
