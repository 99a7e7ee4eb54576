import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { TableField } from "../../contract/connections.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
beforeEach(async () => {
	bench = await openConnector();
});
afterEach(() => bench.scene.stop());

const discover = (token?: string) => bench.connector.discover(bench.call(token));
const table = { name: "T", fields: [{ name: "Name", type: "singleLineText" }] };

/** Each of Airtable's types as Sheaf sees it: its word, whether it can be written, whether rows can be matched on it. */
const columns: [name: string, type: TableField["type"], writable: boolean, matchable: boolean][] = [
	["Key", "text", true, true],
	["Long", "long_text", true, true],
	["Rich", "rich_text", true, false],
	["URL", "url", true, true],
	["Email", "email", true, true],
	["Phone", "phone", true, false],
	["Number", "number", true, true],
	["Price", "currency", true, true],
	["Percent", "percent", true, true],
	["Duration", "duration", true, false],
	["Rating", "rating", true, false],
	["Check", "boolean", true, false],
	["Select", "select", true, true],
	["Tags", "multi_select", true, true],
	["Date", "date", true, true],
	["Date and time", "datetime", true, true],
	["Files", "attachment", true, false],
	["Links", "link", true, false],
	["Code", "text", true, false],
	["Person", "unsupported", false, false],
	["Formula", "unsupported", false, false],
	["Auto", "unsupported", false, false],
];

describe("CON-2: discovery", () => {
	test("every column type by its word, and whether it can be written and matched on", async () => {
		const { columns: found } = await bench.target();
		expect(found.map((field) => [field.name, field.type, field.writable, field.matchable])).toEqual(columns);
		expect(found.find((field) => field.name === "Select")?.options).toEqual(["Red", "Blue"]);
		expect(found.find((field) => field.name === "Rating")?.max).toBe(5);
		expect(found.find((field) => field.name === "Formula")?.providerType).toBe("formula");
		expect(found.find((field) => field.name === "Links")?.linkedTableId).toBe("tblOther000000000");
	});

	test("bases on later pages are found too", async () => {
		for (const name of ["B", "C", "D", "E"]) bench.scene.control.addBase({ name, tables: [table] });
		const found = await discover();
		const bases = found.kind === "ok" ? found.value.map(({ container }) => container.name) : [];
		expect([...new Set(bases)]).toEqual(["Everything", "B", "C", "D", "E"]);
		expect(bench.scene.control.counters().throttled).toBe(0);
	});

	test("what may only be read is shown and closed; what was not granted is not shown", async () => {
		bench.scene.control.addBase({ name: "Read only", permissionLevel: "read", tables: [table] });
		bench.scene.control.addBase({ name: "Hidden", permissionLevel: "none", tables: [table] });
		const found = await discover();
		const tables = found.kind === "ok" ? found.value : [];
		expect(tables.map(({ container }) => container.name)).not.toContain("Hidden");
		expect(tables.find(({ container }) => container.name === "Read only")?.fields).toEqual([
			expect.objectContaining({ name: "Name", type: "text", writable: false, matchable: false }),
		]);
	});

	test("a base that was withdrawn in between is left out", async () => {
		bench.scene.control.addBase({ name: "B", tables: [table] });
		bench.scene.control.plan({ path: "/appEverything0000/tables", effect: { kind: "status", status: 403 } });
		const found = await discover();
		expect(found.kind === "ok" ? found.value.map(({ name }) => name) : []).toEqual(["T"]);
	});

	test("trouble in the middle fails the whole, so that nobody takes half for all", async () => {
		bench.scene.control.plan({ path: "/tables", effect: { kind: "html_502" } });
		expect(await discover()).toMatchObject({ kind: "later", reason: "connections/provider-unreachable" });
	});

	test("a token that may not list bases is told what it lacks", async () => {
		bench.scene.control.addToken({ token: "patBlind", scopes: ["data.records:write"] });
		expect(await discover("patBlind")).toMatchObject({ kind: "refused", reason: "connections/scope-missing" });
	});

	test("CON-1: it stops when the caller gives up", async () => {
		const call = { ...bench.call(), signal: AbortSignal.abort() };
		expect(await bench.connector.discover(call)).toMatchObject({ kind: "later", afterMs: 0 });
		expect(bench.scene.control.counters().requests).toBe(0);
	});
});
