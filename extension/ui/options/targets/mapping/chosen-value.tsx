import type { TableField } from "../../../../../backend/contract/connections.ts";
import { FieldInput } from "../../../record/field-input.tsx";
import type { FormValue } from "../../../record/input-kinds.ts";
import { mappingWords as words } from "../../../words/mapping.ts";

type ChosenValueProps = {
	id: string;
	/** The name of the input. */
	label: string;
	column: TableField | null;
	value: FormValue;
	problem?: string | undefined;
	onChange: (value: FormValue) => void;
};

/** A value that the person writes for a column: chosen from its list where it has one, else typed as its type is. */
export function ChosenValue({ id, label, column, value, problem, onChange }: ChosenValueProps) {
	const options = column?.type === "select" ? (column.options ?? []) : [];
	const text = value.input === "text" ? value.text : null;
	// One that is not in the list, or not any more, stays in a box where it can be read and changed.
	const listed = options.length > 0 && text !== null && (text === "" || options.includes(text));
	if (listed) {
		return (
			<select
				id={id}
				class="input"
				aria-label={label}
				value={text}
				onChange={(event) => onChange({ input: "text", text: event.currentTarget.value })}
			>
				<option value="">{words.chooseValue}</option>
				{options.map((option) => (
					<option key={option} value={option}>
						{option}
					</option>
				))}
			</select>
		);
	}
	return (
		<span class="map-value-input">
			<label class="hidden-visually" for={id}>
				{label}
			</label>
			<FieldInput id={id} label={label} value={value} problem={problem} onChange={onChange} />
			{problem && (
				<span id={`${id}-problem`} class="field-problem">
					{problem}
				</span>
			)}
		</span>
	);
}
