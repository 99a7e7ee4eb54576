import type { TableField } from "../../../../backend/contract/connections.ts";
import { fieldName } from "../../words/capture.ts";
import { columnTypeWords, targetWords as words } from "../../words/targets.ts";
import { useWorld } from "../context.ts";
import { capturableFields, sampleOf } from "./captured-fields.ts";
import { addField, type MappingDraft, type MappingRow, setColumn, writableColumns } from "./mapping-editor.ts";

type MappingTableProps = {
	mapping: MappingDraft;
	columns: readonly TableField[];
	onChange: (mapping: MappingDraft) => void;
};

/** Which captured field goes to which column, with a sample of what would arrive there. */
export function MappingTable({ mapping, columns, onChange }: MappingTableProps) {
	const { records } = useWorld();
	const listed = new Set(mapping.rows.map((row) => row.from));
	const others = capturableFields(records.recent).filter((field) => !listed.has(field.name));
	return (
		<div class="card mapping">
			<table>
				<thead>
					<tr>
						<th scope="col">{words.field}</th>
						<th scope="col">{words.sample}</th>
						<th scope="col">{words.column}</th>
					</tr>
				</thead>
				<tbody>
					{mapping.rows.map((row) => (
						<MappingLine
							key={row.from}
							row={row}
							sample={sampleOf(row.from, records.recent)}
							columns={columns}
							onChoose={(to) => onChange(setColumn(mapping, row.from, to))}
						/>
					))}
				</tbody>
			</table>
			{others.length > 0 && (
				<select
					class="input mapping-add"
					aria-label={words.addField}
					value=""
					onChange={(event) => onChange(addField(mapping, event.currentTarget.value))}
				>
					<option value="">{words.addField}</option>
					{others.map((field) => (
						<option key={field.name} value={field.name}>
							{fieldName(field.name)}
						</option>
					))}
				</select>
			)}
		</div>
	);
}

type MappingLineProps = {
	row: MappingRow;
	sample: string;
	columns: readonly TableField[];
	onChoose: (to: string | null) => void;
};

function MappingLine({ row, sample, columns, onChoose }: MappingLineProps) {
	const label = fieldName(row.from);
	return (
		<tr data-sent={row.to !== null}>
			<th scope="row">{label}</th>
			<td class="mapping-sample muted" title={sample}>
				<span class="clip">{sample}</span>
			</td>
			<td>
				<select
					class="input"
					aria-label={words.columnFor(label)}
					value={row.to ?? ""}
					onChange={(event) => onChoose(event.currentTarget.value || null)}
				>
					<option value="">{words.notSent}</option>
					{writableColumns(columns).map((column) => (
						<option key={column.id} value={column.id}>
							{`${column.name} · ${columnTypeWords[column.type]}`}
						</option>
					))}
				</select>
			</td>
		</tr>
	);
}
