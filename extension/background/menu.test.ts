import { describe, expect, test } from "bun:test";
import { subjectOf } from "./gesture.ts";
import { buttonEntries, isPickEntry, isTablesEntry, menuEntries, targetOfEntry, targetsOfGesture } from "./menu.ts";

const none = { forSites: false };

const target = (id: string, name: string, providerTitle = "Airtable") => ({ id, name, providerTitle });

describe("J4: the context menu", () => {
	test("without a target it saves", () => {
		expect(menuEntries([], none).map(({ title }) => title)).toEqual(["Save with Sheaf"]);
	});

	test("with one target it is one entry, named by the provider", () => {
		const entries = menuEntries([target("a", "Reading list")], none);
		expect(entries.map(({ title }) => title)).toEqual(["Send to Airtable"]);
		expect(entries[0]?.contexts).toEqual(["page", "selection", "link", "image", "video"]);
	});

	test("with several targets each is an entry below", () => {
		const entries = menuEntries([target("a", "Reading list"), target("b", "R&D 100%s")], none);
		expect(entries.map(({ title, parentId }) => [title, parentId])).toEqual([
			["Send to Airtable", undefined],
			["Reading list", "send"],
			["R&&D 100% s", "send"],
			["Tables and lists on this page…", "send"],
			["Pick fields on this page…", "send"],
		]);
		expect(entries.map(({ id }) => targetOfEntry(id))).toEqual([null, "a", "b", null, null]);
		expect(entries.map(({ id }) => isTablesEntry(id))).toEqual([false, false, false, true, false]);
		expect(entries.map(({ id }) => isPickEntry(id))).toEqual([false, false, false, false, true]);
	});

	test("CAP-3, CAP-4: the toolbar button's menu opens the page's tables and the picker, with any number of targets", () => {
		expect(buttonEntries()).toMatchObject([
			{ title: "Tables and lists on this page…", contexts: ["action"] },
			{ title: "Pick fields on this page…", contexts: ["action"] },
		]);
		expect(buttonEntries().map(({ id }) => [isTablesEntry(id), isPickEntry(id)])).toEqual([
			[true, false],
			[false, true],
		]);
	});

	test("with several providers the entry above names none", () => {
		const [root] = menuEntries([target("a", "One"), target("b", "Two", "Practice base")], none);
		expect(root?.title).toBe("Send to");
	});

	test("a gesture without a target goes to the chosen one, else to the first, else waits", () => {
		const known = [target("a", "One"), target("b", "Two")];
		const to = (selected: string | null) => targetsOfGesture(known, { named: null, selected, forSite: [] });
		expect([to("b"), to("deleted"), to(null)]).toEqual([["b"], ["a"], ["a"]]);
		expect(targetsOfGesture([], { named: null, selected: "b", forSite: [] })).toEqual([]);
	});

	test("what was meant for a table that is gone waits, and goes to no other", () => {
		const known = [target("a", "One"), target("b", "Two")];
		const to = (named: string) => targetsOfGesture(known, { named, selected: "a", forSite: ["a", "b"] });
		expect(to("b")).toEqual(["b"]);
		expect(to("deleted")).toEqual([]);
	});

	test("several that were chosen for the site get it all, as far as they are still there", () => {
		const known = [target("a", "One"), target("b", "Two"), target("c", "Three")];
		const to = (...forSite: string[]) => targetsOfGesture(known, { named: null, selected: "a", forSite });
		expect(to("c", "b")).toEqual(["c", "b"]);
		expect(to("deleted", "b")).toEqual(["b"]);
		expect(to("deleted")).toEqual(["a"]);
		const [, usual] = menuEntries(known, { forSites: true });
		expect(usual?.title).toBe("Where this site’s captures go");
		expect(targetOfEntry(usual?.id ?? "")).toBeNull();
	});
});

describe("J4: what was pointed at", () => {
	test("the selection, then the picture, then the link, then the page", () => {
		const everything = {
			selectionText: "s",
			mediaType: "image",
			srcUrl: "https://a.example/i",
			linkUrl: "https://a.example/l",
		};
		expect(subjectOf(everything)).toEqual({ of: "selection", text: "s" });
		const video = { mediaType: "video", srcUrl: "blob:https://a.example/1", linkUrl: "https://a.example/l" };
		expect(subjectOf(video)).toEqual({ of: "video", url: "blob:https://a.example/1" });
		expect(subjectOf({ ...everything, selectionText: "" })).toEqual({ of: "image", url: "https://a.example/i" });
		expect(subjectOf({ linkUrl: "https://a.example/l" })).toEqual({ of: "link", url: "https://a.example/l", text: "" });
		expect(subjectOf({ mediaType: "audio", srcUrl: "https://a.example/v" })).toEqual({ of: "page" });
	});
});
