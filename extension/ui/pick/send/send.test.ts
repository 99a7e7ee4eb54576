import { describe, expect, test } from "bun:test";
import type { SelectionView } from "../../../../backend/contract/selections.ts";
import type { SourceColumn } from "../../../../backend/contract/sources.ts";
import { ApiFailure } from "../../../api/api-failure.ts";
import { testTarget } from "../../test-target.ts";
import { helpFor, isOffline } from "../failure-help.ts";
import { nothingPicked } from "../picked.ts";
import { targetsBeside } from "../places.ts";
import { filledColumns, missingKeys, withSuggested } from "./fills.ts";
import { sameSelection } from "./selection-of.ts";

const column = (name: string): SourceColumn => ({
	id: `id of ${name}`,
	name,
	type: "text",
	providerType: "text",
	key: false,
	searchable: true,
	operators: [],
});
const target = testTarget({
	mapping: [
		{ from: "title", to: "t" },
		{ from: "url", to: "u" },
	],
	matchKey: ["u"],
	columns: [
		{ id: "t", name: "Title", type: "text" },
		{ id: "u", name: "Address", type: "url" },
	],
});
const columns = [column("title"), column("Link")];

describe("J6: what a target takes of picked rows", () => {
	test("J6: fields have the names of the source's columns; what rows are told apart by has to be among them", () => {
		expect(filledColumns(target, columns)).toEqual(["Title"]);
		expect(missingKeys(target, columns)).toEqual(["Address"]);
	});

	test("J6: what is suggested is added for fields that the target does not know, and changes no other", () => {
		const suggested = [
			{ from: "title", to: "u" },
			{ from: "Link", to: "u" },
		];
		const mapping = withSuggested(target, { mapping: suggested });
		expect(mapping).toEqual([...target.mapping, { from: "Link", to: "u" }]);
		expect(missingKeys({ ...target, mapping }, columns)).toEqual([]);
	});
});

test("J6: a table that rows are picked from is not offered as where they go; every other one is", () => {
	const { connectionId, containerId, tableId } = target;
	const others = [{ connectionId: "other" }, { containerId: "other" }, { tableId: "other" }].map(testTarget);
	const from = { connectionId, place: { containerId, tableId } };
	expect(targetsBeside([target, ...others], from)).toEqual(others);
	expect(targetsBeside([target], from)).toEqual([]);
});

describe("J6: the same rows sent once more", () => {
	const wanted = {
		...nothingPicked,
		name: "Stock to Reading list",
		connectionId: "c",
		place: { containerId: "base", tableId: "stock" },
		targetId: "t",
		frequency: "manual" as const,
	};
	const saved = { ...wanted, id: "s", name: "Renamed since" } as SelectionView;

	test("J6: are the selection that is saved already, whatever it is called", () => {
		expect(sameSelection([saved], wanted)?.id).toBe("s");
	});

	test("J6: another table, target, rhythm or row makes another one", () => {
		expect(sameSelection([saved], { ...wanted, rowIds: ["a"] })).toBeNull();
		expect(sameSelection([saved], { ...wanted, targetId: "other" })).toBeNull();
		expect(sameSelection([saved], { ...wanted, frequency: "daily" })).toBeNull();
		expect(sameSelection([saved], { ...wanted, place: { ...wanted.place, profileId: "p" } })).toBeNull();
	});
});

describe("J6: what helps when a source cannot be asked", () => {
	const failed = (code: ApiFailure["code"]) => new ApiFailure(code, "");

	test.each([
		["client/signed-out", "sign-in"],
		["connections/credential-refused", "account"],
		["connections/disconnected", "account"],
		["sources/filter-invalid", "conditions"],
		["connections/provider-busy", "again"],
		["delivery/table-missing", "again"],
	] as const)("J6: %s: %s", (code, help) => {
		expect(helpFor(failed(code))).toBe(help);
	});

	test("J6: offline is said of what never got an answer, and of nothing the server said", () => {
		expect(isOffline(failed("client/unreachable"), false)).toBe(true);
		expect(isOffline(failed("client/unreachable"), true)).toBe(false);
		expect(isOffline(failed("connections/disconnected"), false)).toBe(false);
	});
});
