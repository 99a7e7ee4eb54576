import type { TableField } from "../../contract/connections.ts";
import type { NewColumn } from "../connector.ts";
import type { PropertySchema } from "./replies.ts";

/** The page under the row, as a column: not a property of Notion's, whose ids have no colon. */
export const pageBodyColumn: TableField = {
	id: "page:body",
	name: "Page body",
	type: "rich_text",
	providerType: "page_body",
	writable: true,
	matchable: false,
};

type Kind = { type: TableField["type"]; matchable: boolean };

/**
 * Notion's writable property types in Sheaf's words. What is not here is computed (formula, rollup, created and edited times and
 * people, unique id, button), wants a person of theirs (people), or is newer than this list: never written to.
 *
 * `matchable`: can be asked for by `equals` and compared exactly afterwards.
 */
const kinds: Readonly<Record<string, Kind>> = {
	title: { type: "text", matchable: true },
	rich_text: { type: "long_text", matchable: true },
	url: { type: "url", matchable: true },
	email: { type: "email", matchable: true },
	phone_number: { type: "phone", matchable: true },
	number: { type: "number", matchable: true },
	checkbox: { type: "boolean", matchable: false },
	// One type for days and instants.
	date: { type: "datetime", matchable: false },
	select: { type: "select", matchable: true },
	status: { type: "select", matchable: true },
	multi_select: { type: "multi_select", matchable: false },
	files: { type: "attachment", matchable: false },
	relation: { type: "link", matchable: false },
};

const plainFormats = new Set(["number", "number_with_commas"]);

export function tableField(property: PropertySchema): TableField {
	const kind = kinds[property.type];
	const linkedTableId = property.relation?.data_source_id;
	const options = property.select?.options ?? property.multi_select?.options ?? property.status?.options;
	return {
		id: property.id,
		name: property.name,
		type: property.type === "number" ? numberType(property.number?.format) : (kind?.type ?? "unsupported"),
		providerType: property.type,
		writable: kind !== undefined,
		matchable: kind?.matchable === true,
		...(options === undefined ? {} : { options: options.map((option) => option.name) }),
		...(linkedTableId === undefined ? {} : { linkedTableId }),
	};
}

/** Every format that is neither plain nor a percentage is a currency. */
function numberType(format = "number"): TableField["type"] {
	if (format === "percent") return "percent";
	return plainFormats.has(format) ? "number" : "currency";
}

/** The order in which a person fills them: the title first, then as Notion gives them, the page last. */
export function tableFields(properties: Readonly<Record<string, PropertySchema>>): TableField[] {
	const fields = Object.values(properties).map(tableField);
	const isTitle = (field: TableField) => field.providerType === "title";
	return [...fields.filter(isTitle), ...fields.filter((field) => !isTitle(field)), pageBodyColumn];
}

const configs: Readonly<Partial<Record<TableField["type"], { type: string; config: Record<string, unknown> }>>> = {
	text: { type: "rich_text", config: {} },
	long_text: { type: "rich_text", config: {} },
	rich_text: { type: "rich_text", config: {} },
	url: { type: "url", config: {} },
	email: { type: "email", config: {} },
	phone: { type: "phone_number", config: {} },
	number: { type: "number", config: { format: "number" } },
	percent: { type: "number", config: { format: "percent" } },
	rating: { type: "number", config: { format: "number" } },
	duration: { type: "number", config: { format: "number" } },
	// Which currency is not known; the number is the same in all of them.
	currency: { type: "number", config: { format: "number_with_commas" } },
	boolean: { type: "checkbox", config: {} },
	date: { type: "date", config: {} },
	datetime: { type: "date", config: {} },
	attachment: { type: "files", config: {} },
};

/** What makes this column in Notion, or null for a type that cannot be made without knowing more. */
export function propertyConfig({ type, options = [] }: NewColumn): Record<string, unknown> | null {
	if (type === "select" || type === "multi_select") {
		return { type, [type]: { options: options.map((name) => ({ name })) } };
	}
	const made = configs[type];
	return made === undefined ? null : { type: made.type, [made.type]: made.config };
}
