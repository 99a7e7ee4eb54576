import type { FieldType, FieldValue } from "../../../../backend/contract/fields.ts";
import { vocabulary } from "../../../capture/vocabulary.ts";
import { locale as ours } from "../../../i18n/locale.ts";
import type { LocalRecord } from "../../../outbox/types.ts";

/** How many captures are looked at for field names and samples. */
const lookBack = 20;

/** Every field a capture may have: Sheaf's own, and what people added by hand lately. In the form the suggestion takes. */
export function capturableFields(recent: readonly LocalRecord[]): { name: string; type: FieldType }[] {
	const types = new Map<string, FieldType>(Object.entries(vocabulary).map(([name, { type }]) => [name, type]));
	for (const record of recent.slice(0, lookBack)) {
		for (const [name, value] of Object.entries(record.fields)) if (!types.has(name)) types.set(name, value.type);
	}
	return [...types].map(([name, type]) => ({ name, type }));
}

/** The newest captured value of a field as one short line, or nothing. */
export function sampleOf(name: string, recent: readonly LocalRecord[], locale = ours): string {
	const record = recent.slice(0, lookBack).find((one) => name in one.fields);
	const value = record?.fields[name];
	return value ? valueText(value, locale).replaceAll(/\s+/g, " ").slice(0, 120) : "";
}

function valueText(value: FieldValue, locale: string): string {
	switch (value.type) {
		case "number":
			return new Intl.NumberFormat(locale).format(value.value);
		case "currency":
			return new Intl.NumberFormat(locale, { style: "currency", currency: value.value.currency }).format(
				value.value.amount,
			);
		case "boolean":
			return value.value ? "✓" : "✗";
		case "list":
			return value.value.join(", ");
		case "date": {
			const at = new Date(value.value);
			return Number.isNaN(at.getTime())
				? value.value
				: new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(at);
		}
		default:
			return value.value;
	}
}
