import { useRef, useState } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { ColumnsCreate } from "../../../../../backend/contract/targets.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { useWorld } from "../../context.ts";
import {
	addLine,
	type LineSource,
	type MappingDraft,
	putBack,
	removeLine,
	withColumn,
	withSource,
} from "./mapping-draft.ts";
import { addressOf, type MappingPlace } from "./preview-request.ts";

/** The parts of a line that the focus can be sent to, and how they are found in it. */
const lineParts = {
	source: "[data-part=source]",
	column: "[data-part=column]",
	steps: "[data-part=steps]",
	remove: ".map-remove > button",
} as const;

export type LinePart = keyof typeof lineParts;

export const partOf = (key: number, part: LinePart) => `[data-line="${key}"] ${lineParts[part]}`;

/** What can be done to a mapping. Each deed leaves the focus where one goes on. */
export type MappingEditor = {
	/** What was done last, for those who do not see it. */
	said: string;
	setSource: (key: number, source: LineSource) => void;
	setColumn: (key: number, column: TableField) => void;
	/** Leads several lines to one column. */
	lead: (keys: readonly number[], column: TableField) => void;
	remove: (keys: readonly number[], columnName: string) => void;
	add: (column: TableField, source: LineSource) => void;
	/** Makes a column at the provider. @param keys lines to lead there; none: one is added for `field` */
	make: (column: NewColumn, then: { keys: readonly number[] } | { field: string }) => Promise<void>;
	show: (key: number, part: LinePart) => void;
};

type NewColumn = ColumnsCreate["columns"][number];

export type MappingEditorProps = {
	mapping: MappingDraft;
	place: MappingPlace;
	focusOn: (selector: string) => void;
	onChange: (mapping: MappingDraft) => void;
	/** Columns that were made: the table has them from now on. */
	onColumns: (columns: TableField[]) => void;
};

/** Where a line is added; it is there also when there is no line. */
export const addingPart = "adding";

export function useMappingEditor({ mapping, place, focusOn, onChange, onColumns }: MappingEditorProps): MappingEditor {
	const { client, offerUndo } = useWorld();
	const [said, say] = useState("");
	// While a column is being made, the person goes on.
	const latest = useRef(mapping);
	latest.current = mapping;
	const columns = place.table.fields;
	const addTo = (draft: MappingDraft, to: string, { source, known }: { source: LineSource; known: TableField[] }) => {
		const added = addLine(draft, { to, source }, known);
		onChange(added.draft);
		focusOn(partOf(added.key, "source"));
	};
	const lead = (keys: readonly number[], column: TableField) =>
		onChange(keys.reduce((draft, key) => withColumn(draft, key, column), latest.current));
	return {
		said,
		setSource: (key, source) => onChange(withSource(mapping, key, source)),
		setColumn: (key, column) => onChange(withColumn(mapping, key, column)),
		lead: (keys, column) => {
			lead(keys, column);
			if (keys[0] !== undefined) focusOn(partOf(keys[0], "column"));
		},
		remove: (keys, columnName) => {
			const at = mapping.lines.findIndex(({ key }) => keys.includes(key));
			const next = keys.reduce(removeLine, mapping);
			onChange(next);
			const undo = async () => {
				onChange(putBack(latest.current, mapping, keys));
				focusOn(partOf(keys[0] ?? 0, "remove"));
			};
			offerUndo({ words: words.removed(columnName), undo });
			const neighbour = next.lines[at] ?? next.lines.at(-1);
			focusOn(neighbour ? partOf(neighbour.key, "remove") : `[data-part=${addingPart}] > button`);
		},
		add: (column, source) => addTo(mapping, column.id, { source, known: columns }),
		make: async (column, then) => {
			const [made] = await client.makeColumns({ ...addressOf(place), columns: [column] });
			if (!made) return;
			onColumns([made]);
			say(words.made(made.name));
			if ("keys" in then) {
				lead(then.keys, made);
				if (then.keys[0] !== undefined) focusOn(partOf(then.keys[0], "column"));
				return;
			}
			const source: LineSource = { kind: "field", name: then.field, steps: [] };
			addTo(latest.current, made.id, { source, known: [...columns, made] });
		},
		show: (key, part) => focusOn(partOf(key, part)),
	};
}
