import type { FieldValue } from "../../../../backend/contract/fields.ts";
import { fieldNames } from "../../../capture/vocabulary.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { fieldName } from "../../words/capture.ts";
import { recordsWords as words } from "../../words/records.ts";

export type ExportFormat = "csv" | "json";

/** The records of this device as a file; no account and no network is needed for it (J1). */
export function exportFile(records: readonly LocalRecord[], format: ExportFormat, day: string) {
	const content = format === "csv" ? toCsv(records) : toJson(records);
	const type = format === "csv" ? "text/csv;charset=utf-8" : "application/json";
	return { name: `${words.exportName(day)}.${format}`, content: new Blob([content], { type }) };
}

/** Everything a record is, as it is kept here. */
export function toJson(records: readonly LocalRecord[]): string {
	const plain = records.map(({ id, kind, version, capturedAt, source, fields, state, remoteUrl }) => ({
		id,
		kind,
		version,
		capturedAt,
		source,
		fields,
		state,
		remoteUrl,
	}));
	return `${JSON.stringify({ records: plain }, null, "\t")}\n`;
}

/**
 * One line per record and one column per field that any of them has (RFC 4180). The byte order mark makes Excel read it as
 * UTF-8.
 */
export function toCsv(records: readonly LocalRecord[]): string {
	const used = new Set(records.flatMap((record) => Object.keys(record.fields)));
	const own = fieldNames.filter((name) => used.delete(name));
	const names = [...own, ...[...used].sort()];
	const head = [...names.map(fieldName), ...words.exportColumns];
	const lines = records.map((record) => [
		...names.map((name) => cellOf(record.fields[name])),
		cell(record.source.url),
		cell(record.kind),
		cell(record.capturedAt),
	]);
	return `\uFEFF${[head.map(cell), ...lines].map((line) => line.join(",")).join("\r\n")}\r\n`;
}

function cellOf(value: FieldValue | undefined): string {
	if (value === undefined) return "";
	switch (value.type) {
		case "number":
			return String(value.value);
		case "boolean":
			return value.value ? "true" : "false";
		case "currency":
			return cell(`${value.value.amount} ${value.value.currency}`);
		case "list":
			return cell(value.value.join("; "));
		case "text":
		case "markdown":
		case "url":
		case "image":
		case "date":
			return cell(value.value);
	}
}

/** Spreadsheets run a text that begins like a formula, and the text is a page's: an apostrophe keeps it a text. */
const formula = /^[=+\-@\t\r]/;

function cell(text: string): string {
	const safe = formula.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
