import { describe, expect, test } from "bun:test";
import { optionsPath, type Route, readRoute } from "./route.ts";

describe("J7: every part of the options page has an address", () => {
	const routes: [hash: string, route: Route][] = [
		["", { page: "overview" }],
		["#overview", { page: "overview" }],
		["#nowhere", { page: "overview" }],
		["#%E0%A4%A", { page: "overview" }],
		["#workspace", { page: "workspace", adding: false }],
		["#workspace/new", { page: "workspace", adding: true }],
		["#inbox", { page: "inbox" }],
		["#activity", { page: "activity" }],
		["#account", { page: "account" }],
		["#settings", { page: "settings" }],
		["#connections", { page: "connections", add: null, connectionId: null }],
		["#connections/c-1", { page: "connections", add: null, connectionId: "c-1" }],
		["#connections/add/airtable", { page: "connections", add: "airtable", connectionId: null }],
		["#targets", { page: "targets", adding: false, connectionId: null, targetId: null }],
		["#targets/t-1", { page: "targets", adding: false, connectionId: null, targetId: "t-1" }],
		["#targets/new", { page: "targets", adding: true, connectionId: null, targetId: null }],
		["#targets/new/c-1", { page: "targets", adding: true, connectionId: "c-1", targetId: null }],
		["#selections", { page: "selections", adding: false, selectionId: null, picking: false }],
		["#selections/new", { page: "selections", adding: true, selectionId: null, picking: false }],
		["#selections/s-1", { page: "selections", adding: false, selectionId: "s-1", picking: false }],
		["#selections/s-1/pick", { page: "selections", adding: false, selectionId: "s-1", picking: true }],
		["#recipes", { page: "recipes", recipeId: null }],
		["#recipes/r-1", { page: "recipes", recipeId: "r-1" }],
		["#records", { page: "records", filter: "all", choosing: null, search: null, recordId: null }],
		["#records/needs_you", { page: "records", filter: "needs_you", choosing: null, search: null, recordId: null }],
		["#records/workspace/r-1", { page: "records", filter: "workspace", choosing: null, search: null, recordId: "r-1" }],
		["#records/anything", { page: "records", filter: "all", choosing: null, search: null, recordId: null }],
		[
			"#records/search/harbour%20%26%20co",
			{ page: "records", filter: "all", choosing: null, search: "harbour & co", recordId: null },
		],
		["#data", { page: "data" }],
		["#shortcuts", { page: "shortcuts" }],
		["#privacy", { page: "privacy" }],
		["#records/choose/r-1", { page: "records", filter: "needs_you", choosing: "r-1", search: null, recordId: null }],
	];
	for (const [hash, route] of routes) {
		test(`J7: “${hash}”`, () => expect(readRoute(hash)).toEqual(route));
	}

	test("J7: a path leads back to its route", () => {
		const path = optionsPath("connections", "add", "a/b");
		expect(path).toBe("/options.html#connections/add/a%2Fb");
		expect(readRoute(new URL(path, "https://x.test").hash)).toMatchObject({ add: "a/b" });
	});
});
