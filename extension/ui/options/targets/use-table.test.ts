import { describe, expect, test } from "bun:test";
import type { Table } from "../../../../backend/contract/connections.ts";
import { withNamed } from "./use-table.ts";

const requests: Table = {
	id: "requests",
	name: "Requests",
	container: { id: "requests", name: "example.org" },
	fields: [{ id: "url", name: "url", type: "url", providerType: "url", writable: true, matchable: true }],
	takesAnyColumn: true,
};
const saved = [
	{ id: "url", name: "url", type: "url" },
	{ id: "shelf", name: "shelf", type: "text" },
];

describe("J3: the columns of a table that is edited", () => {
	test("J3: a message has the columns that its mapping named, each once", () => {
		expect(withNamed(requests, saved).fields.map(({ id }) => id)).toEqual(["url", "shelf"]);
	});

	test("J3: a table has those the provider shows and no others", () => {
		const { takesAnyColumn: _any, ...table } = requests;
		expect(withNamed(table, saved)).toEqual(table);
	});
});
