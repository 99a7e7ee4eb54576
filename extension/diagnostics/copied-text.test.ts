import { expect, test } from "bun:test";
import { copiedText } from "./copied-text.ts";

const circumstances = {
	about: { version: "1.2.3", browser: "chrome", major: 156 },
	at: 1_700_000_000_000,
	settings: { theme: "dark", signedIn: true },
	records: { local: 2, delivered: 30 },
} as const;

test("OBS-3: the copied text has versions, settings, the records by state and a line an entry", () => {
	const entry = {
		at: 1_699_999_999_000,
		level: "error",
		context: "popup",
		event: "capture.unsaved",
		attributes: { code: "outbox/storage-full", ms: 12 },
	} as const;
	expect(copiedText(circumstances, [entry])).toBe(
		[
			"Sheaf 1.2.3, chrome 156, 2023-11-14T22:13:20.000Z",
			"Settings: theme=dark signedIn=true",
			"Records here: local=2 delivered=30",
			"Entries: 1",
			"2023-11-14T22:13:19.000Z error popup capture.unsaved code=outbox/storage-full ms=12",
			"",
		].join("\n"),
	);
});

test("OBS-3: where the storage does not answer, the text says so and still has the rest", () => {
	const text = copiedText({ ...circumstances, records: null }, null);
	expect(text).toContain("Sheaf 1.2.3");
	expect(text).toContain("Records here: could not be read\nEntries: could not be read");
});
