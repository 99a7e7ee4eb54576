import type { TableField } from "../../contract/connections.ts";
import type { FieldEntry } from "./replies.ts";

type Kind = { type: TableField["type"]; matchable: boolean };

/**
 * Baserow's writable types in Sheaf's words. What is not here is computed, wants a person of theirs, or is newer than this list.
 *
 * `matchable`: what its filter `equal` takes and compares as it stands. Long texts are left out: the filter trims what it is given.
 */
const kinds: Readonly<Record<string, Kind>> = {
	text: { type: "text", matchable: true },
	long_text: { type: "long_text", matchable: false },
	url: { type: "url", matchable: true },
	email: { type: "email", matchable: true },
	phone_number: { type: "phone", matchable: true },
	number: { type: "number", matchable: true },
	rating: { type: "rating", matchable: false },
	boolean: { type: "boolean", matchable: false },
	date: { type: "date", matchable: false },
	duration: { type: "duration", matchable: false },
	link_row: { type: "link", matchable: false },
	file: { type: "attachment", matchable: false },
	single_select: { type: "select", matchable: false },
	multiple_select: { type: "multi_select", matchable: false },
};

export function tableField(field: FieldEntry): TableField {
	const kind = field.type === "date" && field.date_include_time === true ? withTime : kinds[field.type];
	const open = kind !== undefined && field.read_only !== true;
	return {
		id: String(field.id),
		name: field.name,
		type: kind?.type ?? "unsupported",
		providerType: field.type,
		writable: open,
		matchable: open && kind.matchable,
		...(field.select_options === undefined ? {} : { options: field.select_options.map(({ value }) => value) }),
		...(field.type === "rating" ? { max: field.max_value ?? 5 } : {}),
		...(typeof field.link_row_table_id === "number" ? { linkedTableId: String(field.link_row_table_id) } : {}),
	};
}

const withTime: Kind = { type: "datetime", matchable: false };
