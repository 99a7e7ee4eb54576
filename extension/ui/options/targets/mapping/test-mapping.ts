import type { Table, TableField } from "../../../../../backend/contract/connections.ts";
import { type MappingDraft, toMappingDraft } from "./mapping-draft.ts";

/** A column for tests: a text that rows can be matched on. */
export const column = (id: string, over: Partial<TableField> = {}): TableField => ({
	id,
	name: id.toUpperCase(),
	type: "text",
	providerType: "singleLineText",
	writable: true,
	matchable: true,
	...over,
});

export const columns = [
	column("name"),
	column("link", { type: "url" }),
	column("read", { type: "boolean" }),
	column("cost", { type: "currency" }),
];

export const table: Table = {
	id: "t",
	name: "Reading list",
	container: { id: "b", name: "Research" },
	fields: columns,
};

/** Title and address, and an author whose column is gone; matched by the address. */
export const draft: MappingDraft = toMappingDraft(
	{
		mapping: [
			{ from: "url", to: "link" },
			{ from: "title", to: "name" },
			{ from: "author", to: "gone" },
		],
		constants: [{ to: "read", value: { type: "boolean", value: false } }],
		matchKey: ["link"],
	},
	columns,
);

/** The key of the line that leads there. */
export function keyOf(to: string, of: MappingDraft = draft): number {
	return of.lines.find((line) => line.to === to)?.key ?? -1;
}
