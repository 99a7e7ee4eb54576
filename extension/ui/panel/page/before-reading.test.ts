import "../../../messages/test-browser.ts";
import { beforeEach, describe, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { FoundTable } from "../../../capture/tables/types.ts";
import { type Collection, collectionOf, dropCollection, sentOf } from "../../../settings/collections.ts";
import { isToRead, rowsAtStake } from "./before-reading.ts";

const tabId = 7;

/** A table of which the first row of many came. */
const table = (id: string): FoundTable => ({
	id,
	kind: "table",
	title: "",
	columns: [],
	rows: [{ id: "row", cells: {}, url: null }],
	total: 300,
	next: "link",
});

const gathered = (id: string, more: Partial<Collection> = {}): Collection => ({
	id: "gathering",
	tabId,
	source: { url: "https://a.test/", title: "" },
	table: { id, kind: "table", columns: [] },
	columns: [],
	limit: { rows: 3_000, pages: 2_000 },
	rows: 3_000,
	chunks: 60,
	pages: 60,
	url: "https://a.test/60",
	end: "rows",
	...more,
});

const hold = (collection: Collection) => collectionOf(tabId).setValue(collection);

beforeEach(() => fakeBrowser.reset());

describe("CAP-3: gathered rows are not lost by looking elsewhere", () => {
	test("a table is read whole when it is first looked at, and is not where all of it came", async () => {
		expect(await isToRead(tabId, table("parts"), false)).toBe(true);
		expect(await isToRead(tabId, { ...table("parts"), total: 1 }, false)).toBe(false);
	});

	test("one whose rows were gathered is left as it is when it is come back to, until it is asked for anew", async () => {
		await hold(gathered("parts"));
		expect(await isToRead(tabId, table("parts"), false)).toBe(false);
		expect(await isToRead(tabId, { ...table("parts"), total: 1 }, true)).toBe(true);
		// Of this page alone: it may have changed, and nothing is lost.
		await hold(gathered("parts", { pages: 1, limit: { rows: 20_000, pages: 1 } }));
		expect(await isToRead(tabId, table("parts"), false)).toBe(true);
		expect(await rowsAtStake(tabId)).toBeNull();
	});

	test("rows that are being gathered are left alone from the first page on", async () => {
		await hold(gathered("parts", { pages: 1, rows: 50, end: null }));
		expect(await isToRead(tabId, table("parts"), false)).toBe(false);
		expect(await rowsAtStake(tabId)).toMatchObject({ rows: 50 });
	});

	test("for another table the person is asked, as long as the rows are not sent", async () => {
		await hold(gathered("parts"));
		expect(await isToRead(tabId, table("prices"), false)).toBe(true);
		expect(await rowsAtStake(tabId)).toMatchObject({ rows: 3_000, table: { id: "parts" } });
		await sentOf(tabId).setValue({ id: "gathering", rows: 3_000 });
		expect(await rowsAtStake(tabId)).toBeNull();
		// More came since.
		await hold(gathered("parts", { rows: 3_500 }));
		expect(await rowsAtStake(tabId)).toMatchObject({ rows: 3_500 });
	});

	test("what is forgotten leaves no note of having been sent", async () => {
		await hold(gathered("parts"));
		await sentOf(tabId).setValue({ id: "gathering", rows: 3_000 });
		await dropCollection(tabId);
		expect(await sentOf(tabId).getValue()).toBeNull();
	});
});
