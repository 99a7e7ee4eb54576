import type { TableField } from "../../../../../backend/contract/connections.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { columnTypeWords } from "../../../words/targets.ts";
import { ColumnTypeIcon } from "./column-type.tsx";
import { writableColumns } from "./mapping-draft.ts";

type ColumnSelectProps = {
	/** What goes there, for the name of the input. */
	source: string;
	columns: readonly TableField[];
	chosen: TableField | null;
	/** What the chosen one was called, where the table has it no more. */
	goneName: string;
	onChoose: (column: TableField) => void;
};

/** The column a line leads to, with its type in a shape and in words. */
export function ColumnSelect({ source, columns, chosen, goneName, onChoose }: ColumnSelectProps) {
	const choose = (id: string) => {
		const column = columns.find((one) => one.id === id);
		if (column) onChoose(column);
	};
	return (
		<span class="map-column">
			<ColumnTypeIcon type={chosen?.type ?? "unsupported"} />
			<select
				class="input"
				data-part="column"
				aria-label={words.columnFor(source)}
				aria-invalid={chosen === null ? "true" : undefined}
				value={chosen?.id ?? ""}
				onChange={(event) => choose(event.currentTarget.value)}
			>
				{chosen === null && <option value="">{words.gone(goneName)}</option>}
				{writableColumns(columns).map((column) => (
					<option key={column.id} value={column.id}>
						{`${column.name} · ${columnTypeWords[column.type]}`}
					</option>
				))}
			</select>
		</span>
	);
}
