import { Icon } from "../../parts/icon.tsx";
import { fieldName } from "../../words/capture.ts";
import { gridWords as words } from "../../words/grid.ts";
import type { GridColumn } from "./columns.ts";

/** A field of Sheaf's own that the page has no name for is called as everywhere else. */
export function columnName({ id, name }: Pick<GridColumn, "id" | "name">): string {
	return name === "" || name === id ? fieldName(id) : name;
}

type ColumnHeadProps = {
	column: GridColumn;
	/** The target's column that it fills, by its name. */
	filled: string | null;
	/** How many of the first cells do not read as its type. */
	misread: number;
	onEdit: () => void;
};

/** A column's name over what it fills; pressed, everything about it can be changed. */
export function ColumnHead({ column, filled, misread, onEdit }: ColumnHeadProps) {
	const note = misread > 0 ? words.misread(misread) : filled === null ? words.notFilled : words.fills(filled);
	return (
		<div role="columnheader" class="vgrid-cell vgrid-column" data-type={column.type}>
			<button
				type="button"
				class="column-button"
				title={words.columnTitle(columnName(column), words.types[column.type], note)}
				onClick={onEdit}
			>
				<span class="column-name clip">{columnName(column)}</span>
				<span class="column-note clip" data-tone={misread > 0 ? "warn" : "plain"}>
					{misread > 0 && <Icon name="alert" />}
					{note}
				</span>
			</button>
		</div>
	);
}
