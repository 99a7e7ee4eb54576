import type { FieldValue } from "../../backend/contract/fields.ts";
import type { LocalRecord } from "./types.ts";

export type ExportFormat = "json" | "csv";

/**
 * The records on this device as a file, for a guest or without a network (SEC-4 has the server's part). JSON holds everything a
 * person captured; CSV one row per record with a column for every field that any of them has.
 */
export function exportRecords(records: readonly LocalRecord[], format: ExportFormat): Blob {
	return format === "json"
		? new Blob([JSON.stringify({ records: records.map(exported) }, null, "\t")], { type: "application/json" })
		: // The mark at the front tells Excel that it is UTF-8.
			new Blob([`\uFEFF${toCsv(records)}`], { type: "text/csv;charset=utf-8" });
}

/** Without what only this device's bookkeeping needs. */
function exported({ id, kind, version, capturedAt, source, fields, provenance, image, state, remoteUrl }: LocalRecord) {
	return { id, kind, version, capturedAt, source, fields, provenance, image, state, remoteUrl };
}

const ownColumns = ["id", "kind", "captured at", "address", "title of the page", "state", "row"];

/** RFC 4180. */
function toCsv(records: readonly LocalRecord[]): string {
	const names = [...new Set(records.flatMap(({ fields }) => Object.keys(fields)))];
	const rows = records.map(({ id, kind, capturedAt, source, state, remoteUrl, fields }) => {
		const own = [id, kind, capturedAt, source.url, source.title, state, remoteUrl ?? ""];
		return [...own.map(textCell), ...names.map((name) => fieldCell(fields[name]))];
	});
	// A field may be called like one of our columns: then it says that it is a field.
	const titles = names.map((name) => (ownColumns.includes(name) ? `field ${name}` : name));
	return [[...ownColumns, ...titles].map(textCell), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function fieldCell(field: FieldValue | undefined): string {
	if (!field) return "";
	switch (field.type) {
		case "number":
		case "boolean":
			return String(field.value);
		case "currency":
			return textCell(`${field.value.amount} ${field.value.currency}`);
		case "list":
			return textCell(field.value.join("; "));
		default:
			return textCell(field.value);
	}
}

/** What a page wrote must not run in a spreadsheet: a text that begins like a formula gets an apostrophe before it. */
function textCell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
