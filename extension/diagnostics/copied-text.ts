import type { AttributeValue, Entry } from "./entry.ts";
import type { ThisBrowser } from "./this-browser.ts";

/** What is copied besides the entries: numbers and choices, and no id, address or name. */
export type Circumstances = {
	about: ThisBrowser;
	/** Epoch milliseconds. */
	at: number;
	settings: Readonly<Record<string, number | boolean | string>>;
	/** By state, how many records are on this device; null: they could not be read. */
	records: Readonly<Record<string, number>> | null;
};

/** What "Copy diagnostics" puts on the clipboard, for somebody who helps: the same in every language, a line an entry, the oldest first. */
export function copiedText({ about, at, settings, records }: Circumstances, entries: readonly Entry[] | null): string {
	const { version, browser, major } = about;
	return [
		`Sheaf ${version}, ${browser} ${major}, ${new Date(at).toISOString()}`,
		`Settings: ${pairs(settings)}`,
		`Records here: ${records === null ? "could not be read" : pairs(records) || "none"}`,
		`Entries: ${entries === null ? "could not be read" : entries.length}`,
		...(entries ?? []).map(entryLine),
		"",
	].join("\n");
}

export function entryLine({ at, level, context, event, attributes }: Entry): string {
	return [new Date(at).toISOString(), level, context, event, pairs(attributes)].filter((part) => part !== "").join(" ");
}

/** `code=outbox/storage-full ms=12` */
export function pairs(values: Readonly<Record<string, AttributeValue>>): string {
	return Object.entries(values)
		.map(([name, value]) => `${name}=${value}`)
		.join(" ");
}
