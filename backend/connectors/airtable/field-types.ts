import type { TableField } from "../../contract/connections.ts";
import type { FieldEntry } from "./replies.ts";

type Kind = { type: TableField["type"]; matchable: boolean };

/**
 * Airtable's writable field types in Sheaf's words. What is not here is computed (formula, rollup, count, lookups,
 * autoNumber, created and modified times and people, button, synced, AI), wants a person of theirs (collaborators),
 * or is newer than this list: never written to.
 *
 * `matchable`: Airtable merges on "number, text, long text, single select, multiple select, date". E-mail and address
 * columns are text columns that are shown differently; phone, rating, duration and rich text are left out to be safe.
 */
const kinds: Readonly<Record<string, Kind>> = {
	singleLineText: { type: "text", matchable: true },
	multilineText: { type: "long_text", matchable: true },
	richText: { type: "rich_text", matchable: false },
	url: { type: "url", matchable: true },
	email: { type: "email", matchable: true },
	phoneNumber: { type: "phone", matchable: false },
	number: { type: "number", matchable: true },
	currency: { type: "currency", matchable: true },
	percent: { type: "percent", matchable: true },
	rating: { type: "rating", matchable: false },
	duration: { type: "duration", matchable: false },
	checkbox: { type: "boolean", matchable: false },
	date: { type: "date", matchable: true },
	dateTime: { type: "datetime", matchable: true },
	singleSelect: { type: "select", matchable: true },
	multipleSelects: { type: "multi_select", matchable: true },
	multipleAttachments: { type: "attachment", matchable: false },
	multipleRecordLinks: { type: "link", matchable: false },
	barcode: { type: "text", matchable: false },
};

/** @param mayWrite whether the account may edit rows of this base at all */
export function tableField(entry: FieldEntry, mayWrite: boolean): TableField {
	const kind = kinds[entry.type];
	return {
		id: entry.id,
		name: entry.name,
		type: kind?.type ?? "unsupported",
		providerType: entry.type,
		writable: mayWrite && kind !== undefined,
		matchable: mayWrite && kind?.matchable === true,
		...(entry.options?.choices === undefined ? {} : { options: entry.options.choices.map((choice) => choice.name) }),
		...(entry.type === "rating" ? { max: entry.options?.max ?? 5 } : {}),
		...(entry.options?.linkedTableId === undefined ? {} : { linkedTableId: entry.options.linkedTableId }),
	};
}
