import { popupWords } from "../words/popup.ts";
import { FieldInput } from "./field-input.tsx";
import type { FormValue } from "./input-kinds.ts";
import { Origin, originId } from "./origin.tsx";
import { type FormRow, imageField, isSaidByPrice, type RecordForm, titleField } from "./record-form.ts";

type RecordFieldsProps = {
	form: RecordForm;
	problems: Record<string, string>;
	onChange: (name: string, value: FormValue) => void;
	/** Tells the inputs of several records on one page apart. */
	idPrefix?: string;
};

/** The lines of a record: first the table's columns in their order, then, folded, what the table has no column for. */
export function RecordFields({ form, problems, onChange, idPrefix = "field" }: RecordFieldsProps) {
	const atHead = (name: string) => name === titleField || name === imageField;
	const lines = form.rows.filter((row) => !atHead(row.name) && !isSaidByPrice(row, form));
	const mapped = lines.filter((row) => row.mapped);
	const besides = lines.filter((row) => !row.mapped);
	const draw = (row: FormRow) => (
		<FieldLine
			key={row.name}
			id={`${idPrefix}-${row.name}`}
			row={row}
			problem={problems[row.name]}
			onChange={onChange}
		/>
	);
	return (
		<>
			<div class="fields">{mapped.map(draw)}</div>
			{besides.length > 0 && (
				<details class="besides" open={besides.some((row) => problems[row.name])}>
					<summary title={popupWords.unmappedNote}>{popupWords.unmapped(besides.length)}</summary>
					<div class="fields">{besides.map(draw)}</div>
				</details>
			)}
		</>
	);
}

type FieldLineProps = {
	id: string;
	row: FormRow;
	problem: string | undefined;
	onChange: RecordFieldsProps["onChange"];
};

function FieldLine({ id, row, problem, onChange }: FieldLineProps) {
	const { label, provenance, form, column, place } = row;
	return (
		<Origin id={id} provenance={provenance} class="field" input={form.input}>
			<label for={id} class="field-label" title={label} data-needed={row.needed !== null}>
				<span class="clip">{label}</span>
			</label>
			<div class="field-value">
				<FieldInput
					id={id}
					label={label}
					value={form}
					problem={problem}
					column={column}
					place={place}
					describedBy={originId(id, provenance)}
					required={row.needed !== null}
					onChange={(value) => onChange(row.name, value)}
				/>
				{problem && (
					<p class="field-problem" id={`${id}-problem`}>
						{problem}
					</p>
				)}
			</div>
		</Origin>
	);
}
