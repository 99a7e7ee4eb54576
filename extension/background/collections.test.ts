import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { storage } from "wxt/utils/storage";
import { collecting, collectionOf, storeChunk } from "../settings/collections.ts";
import { forgetCollections, startCollecting } from "./collections.ts";

beforeEach(() => {
	fakeBrowser.reset();
	// The page never answers.
	Object.assign(fakeBrowser, { scripting: { executeScript: () => new Promise(() => undefined) } });
});

test("ID-8: when their person leaves, collections at work are stopped, and nothing of any is left", async () => {
	const tabs = [
		await fakeBrowser.tabs.create({ url: "https://a.example/" }),
		await fakeBrowser.tabs.create({ url: "https://b.example/" }),
	];
	const table = { id: "t", kind: "list" as const, title: "", columns: [], rows: [], total: 0, next: null };
	for (const { id: tabId = 0 } of tabs) await startCollecting({ tabId, table, limit: { rows: 10, pages: 10 } });
	expect(await collecting.getValue()).toHaveLength(2);
	const held = await collectionOf(tabs[0]?.id ?? 0).getValue();
	if (held === null) throw new Error("Nothing was begun.");
	await storeChunk(held, [{ id: "1", cells: {}, url: null }]);
	await storage.setItem("session:other", "kept");

	await forgetCollections();
	expect(await storage.snapshot("session")).toEqual({ collecting: [], other: "kept" });
});
