import type { FieldValue } from "../../../backend/contract/fields.ts";
import { numberText } from "../../i18n/locale.ts";
import { gridWords } from "../words/grid.ts";

/** A value as one text, as its page or source had it as far as that is known. */
export function plainText(value: FieldValue): string {
	switch (value.type) {
		case "currency":
			return `${value.value.amount} ${value.value.currency}`;
		case "list":
			return value.value.join(", ");
		case "number":
		case "boolean":
			return String(value.value);
		default:
			return value.value;
	}
}

/** A value as a cell shows it: numbers as the person writes them. */
export function shownText(value: FieldValue): string {
	if (value.type === "number") return numberText(value.value);
	if (value.type === "currency") return `${numberText(value.value.amount)} ${value.value.currency}`;
	return value.type === "boolean" ? gridWords.booleans[value.value ? "true" : "false"] : plainText(value);
}
