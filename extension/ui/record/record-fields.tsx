import { provenanceWords } from "../words/capture.ts";
import { popupWords } from "../words/popup.ts";
import { FieldInput } from "./field-input.tsx";
import type { FormValue } from "./form-values.ts";
import { type FormRow, imageField, type RecordForm, titleField } from "./record-form.ts";

type RecordFieldsProps = {
	form: RecordForm;
	problems: Record<string, string>;
	onChange: (name: string, value: FormValue) => void;
	/** Tells the inputs of several records on one page apart. */
	idPrefix?: string;
};

/** The lines of a record: first the table's columns in their order, then, folded, what the table has no column for. */
export function RecordFields({ form, problems, onChange, idPrefix = "field" }: RecordFieldsProps) {
	const lines = form.rows.filter((row) => row.name !== titleField && row.name !== imageField);
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
	const origin = row.provenance ? provenanceWords[row.provenance.from] : undefined;
	return (
		<div class="field" data-input={row.form.input}>
			<label for={id} class="field-label clip" title={origin ? `${row.label}: ${origin}` : row.label}>
				{row.label}
			</label>
			<FieldInput
				id={id}
				label={row.label}
				value={row.form}
				problem={problem}
				onChange={(value) => onChange(row.name, value)}
			/>
			{origin && (
				<span class="field-origin" aria-hidden="true">
					{origin}
				</span>
			)}
			{problem && (
				<p class="field-problem" id={`${id}-problem`}>
					{problem}
				</p>
			)}
		</div>
	);
}
