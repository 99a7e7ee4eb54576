import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { diagnosticEvents, localCodes } from "../../backend/contract/diagnostics.ts";
import { errorCodes } from "../../backend/contract/errors.ts";
import { entryOf, recheckedEntry } from "./entry.ts";
import { events } from "./event-catalogue.ts";
import { type Note, ownId } from "./note.ts";

type Event = keyof typeof events;
const names = Object.keys(events) as Event[];

/** What a careless, or misled, caller could hand over in spite of the types. */
const anything = fc.anything({ withBigInt: false, withDate: true, withObjectString: true, maxDepth: 2 });
const text = fc.oneof(
	fc.emailAddress(),
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	fc.uuid().map((id) => `Bearer ${id}`),
	fc.string({ minLength: 4 }),
	fc.constantFrom("Ada Lovelace", "ada/lovelace", "lovelace", "the first sentence of a page"),
);

/** Every word that an entry may say at all. */
const sayable = new Set<string>([
	...Object.entries(events).flatMap(([event, { level, has }]) => [
		event,
		level,
		...Object.entries(has).flatMap(([name, kind]) => [name, ...(Array.isArray(kind) ? kind : [])]),
	]),
	...errorCodes,
	...localCodes,
	"unknown",
	"background",
	"at",
	"level",
	"context",
	"event",
	"attributes",
]);

/** The texts in a value, keys among them. */
function textsIn(value: unknown): string[] {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

const noteOf = (event: Event, value: unknown): Note => {
	const has = Object.keys(events[event].has);
	return { at: 1, event, attributes: Object.fromEntries([...has, "extra"].map((name) => [name, value])) };
};

describe("OBS-3: what an entry may say", () => {
	test("OBS-3: whatever is handed over, an entry has no text but the catalogue's words, known codes and UUIDs", () => {
		fc.assert(
			fc.property(fc.constantFrom(...names), fc.oneof(text, anything), (event, value) => {
				const said = textsIn(entryOf(noteOf(event, value), "background"));
				expect(said.filter((one) => !sayable.has(one) && ownId(one) === null)).toEqual([]);
			}),
			{ numRuns: 2_000 },
		);
	});

	test("OBS-3: an entry survives the disk unchanged, and one that was written by somebody else does not", () => {
		fc.assert(
			fc.property(fc.constantFrom(...names), fc.nat(), text, (event, count, hostile) => {
				const entry = entryOf(noteOf(event, count), "background");
				if (entry === null) throw new Error("An event of the catalogue has no entry.");
				expect(recheckedEntry(entry)).toEqual(entry);
				const meddled = { ...entry, level: hostile as "info", attributes: { ...entry.attributes, page: hostile } };
				expect(recheckedEntry(meddled)).toEqual(entry);
			}),
		);
		expect(recheckedEntry({ ...noteOf("feed.live", 1), event: "page.text" } as never)).toBeNull();
		expect(recheckedEntry({ ...noteOf("feed.live", 1), event: "toString" } as never)).toBeNull();
		expect(recheckedEntry({ ...noteOf("feed.live", 1), level: "info", context: "ada@a.test" } as never)).toBeNull();
	});

	test("OBS-3: a code that a server made up is no code, and one that has its sentence is one", () => {
		const codeIn = (code: string) => entryOf(noteOf("storage.failed", code), "popup")?.attributes["code"];
		for (const code of ["auth/token-missing", "writes/record-too-large", ...localCodes])
			expect(codeIn(code)).toBe(code);
		for (const code of ["ada/lovelace", "ada@example.test/x", "", "wants.number"]) expect(codeIn(code)).toBe("unknown");
	});

	test("OBS-3: numbers are whole, bounded and never negative", () => {
		const msOf = (ms: number) => entryOf({ at: 1, event: "page.drawn", attributes: { ms } }, "popup")?.attributes["ms"];
		expect([12.6, -5, 1e300, Number.NaN].map(msOf)).toEqual([13, 0, 999_999_999, undefined]);
	});

	test("OBS-3: the extension's catalogue is the contract's", () => {
		expect(events).toEqual(diagnosticEvents);
	});
});
