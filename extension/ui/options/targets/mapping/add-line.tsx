import type { TableField } from "../../../../../backend/contract/connections.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Menu, type MenuEntry } from "../../../parts/menu.tsx";
import { mappingWords as words } from "../../../words/mapping.ts";
import { columnTypeWords } from "../../../words/targets.ts";
import { type MappingDraft, writableColumns } from "./mapping-draft.ts";
import { addingPart } from "./use-mapping-editor.ts";

type AddLineProps = { draft: MappingDraft; columns: readonly TableField[]; onAdd: (column: TableField) => void };

/** Offers the columns that nothing fills yet before those that something does. */
export function AddLine({ draft, columns, onAdd }: AddLineProps) {
	const filled = new Set(draft.lines.map(({ to }) => to));
	const writable = writableColumns(columns);
	const entry = (column: TableField, note: string) => ({ label: column.name, note, onPress: () => onAdd(column) });
	const free = writable
		.filter(({ id }) => !filled.has(id))
		.map((column) => entry(column, columnTypeWords[column.type]));
	const others = writable.filter(({ id }) => filled.has(id)).map((column) => entry(column, words.standsIn));
	const between: MenuEntry[] = free.length > 0 && others.length > 0 ? ["line"] : [];
	if (writable.length === 0) return null;
	return (
		<div class="map-add" data-part={addingPart}>
			<Menu class="button" label={words.addLine} entries={[...free, ...between, ...others]}>
				<Icon name="plus" />
				{words.addLine}
			</Menu>
		</div>
	);
}
