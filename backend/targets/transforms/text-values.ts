import type { FieldValue } from "../../contract/fields.ts";
import { became, type StepResult, unread } from "./step-result.ts";

/** The most characters a text may have (`contract/fields.ts`), and an entry of a list. */
const maxTextLength = 100_000;
const maxMarkdownLength = 400_000;
export const maxAddressLength = 8_192;
const maxEntryLength = 2_000;
const maxEntries = 500;

/** The text of a value that is one text; null for everything else. */
export function textOf({ type, value }: FieldValue): string | null {
	switch (type) {
		case "text":
		case "markdown":
		case "url":
		case "image":
		case "date":
			return value;
		case "number":
		case "boolean":
		case "currency":
		case "list":
			return null;
	}
}

/** Changes a text, or each text of a list. Numbers and yes or no are taken as they are written. */
export function changeTexts(value: FieldValue, change: (text: string) => string | null): StepResult {
	switch (value.type) {
		case "list": {
			const entries = value.value.map(change);
			const changed = entries.filter((entry) => entry !== null);
			return changed.length === entries.length ? listOf(changed) : unread(tooLong);
		}
		case "currency":
			return unread("is an amount of money and no text");
		case "number":
		case "boolean":
			return changedText(value, String(value.value), change);
		case "text":
		case "markdown":
		case "url":
		case "image":
		case "date":
			return changedText(value, value.value, change);
	}
}

const tooLong = "would become too long";

function changedText(value: FieldValue, text: string, change: (text: string) => string | null): StepResult {
	const changed = change(text);
	if (changed === null) return unread(tooLong);
	return changed === text ? became(value) : retyped(value, changed);
}

/** An address that still is one stays one, and so does Markdown; everything else is a text now. */
function retyped({ type }: FieldValue, text: string): StepResult {
	if (type === "markdown") return text.length > maxMarkdownLength ? unread(tooLong) : became({ type, value: text });
	const isAddress = (type === "url" || type === "image") && text.length <= maxAddressLength && URL.canParse(text);
	if (isAddress) return became({ type, value: text });
	return textValue(text);
}

/** A text, within what a record may hold. */
export function textValue(text: string): StepResult {
	return text.length > maxTextLength ? unread(tooLong) : became({ type: "text", value: text });
}

/** A list, within what a record may hold. */
export function listOf(entries: string[]): StepResult {
	if (entries.length > maxEntries) return unread(`has more than ${maxEntries} parts`);
	if (entries.some((entry) => entry.length > maxEntryLength))
		return unread(`has a part of more than ${maxEntryLength} characters`);
	return became({ type: "list", value: entries });
}
