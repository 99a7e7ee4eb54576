import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { linkedRows } from "./items.ts";
import { labelOfRow, rememberRow } from "./linked-rows.ts";

beforeEach(() => fakeBrowser.reset());

test("CAP-1: a linked row is shown by what it is called, and by what was written where that is not known", async () => {
	await rememberRow({ id: "row1", label: "Red chair" });
	const labels = await linkedRows.getValue();
	const shown = ["row1", "row2", "constructor", "__proto__", "toString"].map((id) => labelOfRow(labels, id));
	expect(shown).toEqual(["Red chair", "row2", "constructor", "__proto__", "toString"]);
	expect(labelOfRow(null, "row1")).toBe("row1");
});
