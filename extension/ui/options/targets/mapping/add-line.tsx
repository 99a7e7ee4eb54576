import type { TableField } from "../../../../../backend/contract/connections.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { columnTypeWords } from "../../../words/targets.ts";
import { type MappingDraft, writableColumns } from "./mapping-draft.ts";
import { addingPart } from "./use-mapping-editor.ts";

type AddLineProps = { draft: MappingDraft; columns: readonly TableField[]; onAdd: (column: TableField) => void };

/** Offers the columns that nothing fills yet before those that something does. */
export function AddLine({ draft, columns, onAdd }: AddLineProps) {
	const filled = new Set(draft.lines.map(({ to }) => to));
	const writable = writableColumns(columns);
	const groups = [
		{ label: words.emptyColumns, columns: writable.filter(({ id }) => !filled.has(id)) },
		{ label: words.filledColumns, columns: writable.filter(({ id }) => filled.has(id)) },
	];
	return (
		<select
			class="input map-add"
			data-part={addingPart}
			aria-label={words.addLine}
			value=""
			onChange={(event) => {
				const column = writable.find(({ id }) => id === event.currentTarget.value);
				// The list is a button here: it says again what it is for.
				event.currentTarget.value = "";
				if (column) onAdd(column);
			}}
		>
			<option value="">{words.addLine}</option>
			{groups.map((group) =>
				group.columns.length === 0 ? null : (
					<optgroup key={group.label} label={group.label}>
						{group.columns.map((column) => (
							<option key={column.id} value={column.id}>
								{`${column.name} · ${columnTypeWords[column.type]}`}
							</option>
						))}
					</optgroup>
				),
			)}
		</select>
	);
}
