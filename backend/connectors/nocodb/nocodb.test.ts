import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { expectTold } from "../conformance-refusals.ts";
import type { ConnectorCall, PushTarget } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import { placeContainer } from "../server-address.ts";
import { createNocodbConnector } from "./index.ts";
import { type NocodbSimulator, startNocodbSimulator } from "./simulator.ts";
import { baseId, columns, conformanceBase, sceneToken, tableId } from "./test-scene.ts";

const connector = createNocodbConnector();
let simulator: NocodbSimulator;
beforeEach(async () => {
	const keyless = { id: "mkeyless", title: "Keyless", columns: [{ title: "Name", uidt: "SingleLineText" }] };
	const bases = [{ ...conformanceBase, tables: [...conformanceBase.tables, keyless] }];
	simulator = await startNocodbSimulator({ bases, token: sceneToken, prefix: "/under/a/path" });
});
afterEach(() => simulator.stop());

const call = (credential: Record<string, string> = {}): ConnectorCall => ({
	credential: { address: simulator.url, token: sceneToken, ...credential },
	http: createGuardedHttp({ allowedOrigins: [simulator.url] }),
	signal: new AbortController().signal,
});

async function target(matchKey = [columns.key]): Promise<PushTarget> {
	const found = await connector.discover(call());
	const table = found.kind === "ok" ? found.value.find(({ id }) => id === tableId) : undefined;
	return { containerId: table?.container.id ?? "", tableId, matchKey, columns: table?.fields ?? [] };
}

describe("CON-2: where the server is", () => {
	test("an address that was copied from an open page is found", async () => {
		const address = `${simulator.url}/dashboard/#/nc/p1/m1`;
		expect(await connector.identify(call({ address }))).toMatchObject({ kind: "ok", value: { accountId: "us1" } });
	});

	test("SEC-2: an address that the guard refuses, one that cannot be read, and another server are told apart", async () => {
		const refused = { kind: "refused", reason: "connections/address-refused" };
		expect(await connector.identify(call({ address: "https://127.0.0.1:1" }))).toMatchObject(refused);
		expect(await connector.identify(call({ address: "not an address" }))).toMatchObject(refused);
		const elsewhere = new URL(simulator.url).origin;
		expect(await connector.identify(call({ address: elsewhere }))).toMatchObject(refused);
	});

	test("J5: a row is opened on the server it is on", () => {
		const containerId = placeContainer(baseId, "https://tables.example.org/noco");
		expect(connector.remoteUrl({ containerId, tableId }, "7")).toBe(
			`https://tables.example.org/noco/dashboard/#/nc/${baseId}/${tableId}?rowId=7`,
		);
	});
});

describe("CON-2: discovery", () => {
	test("a table whose rows have no key of their own is closed, and never written to", async () => {
		const found = await connector.discover(call());
		const table = found.kind === "ok" ? found.value.find(({ id }) => id === "mkeyless") : undefined;
		expect(table?.fields).toMatchObject([{ name: "Name", writable: false, matchable: false }]);
		const nameId = table?.fields[0]?.id ?? "";
		const keyless = { ...(await target([nameId])), tableId: "mkeyless" };
		const result = await connector.push(call(), keyless, [{ ref: "a", cells: { [nameId]: "a" } }]);
		expectTold(result, "mend_target", "delivery/column-missing");
	});
});

describe("SYNC-3: pushing", () => {
	test("a renamed column is written to by its new name", async () => {
		const work = await target();
		for (const column of simulator.table(tableId).columns)
			if (column.id === columns.text) column.title = "Renamed, twice";
		await connector.push(call(), work, [{ ref: "a", cells: { [columns.key]: "a", [columns.text]: "x" } }]);
		expect(simulator.table(tableId).rows).toMatchObject([{ [columns.text]: "x" }]);
	});

	test("keys of several columns match only where all are equal", async () => {
		const work = await target([columns.key, columns.text]);
		const row = (ref: string, other: string) => ({ ref, cells: { [columns.key]: "a", [columns.text]: other } });
		await connector.push(call(), work, [row("1", "x"), row("2", "y")]);
		const again = await connector.push(call(), work, [row("1", "x"), row("3", "z")]);
		expect(again).toMatchObject({ kind: "pushed", rows: [{ created: false }, { created: true }] });
		expect(simulator.table(tableId).rows).toHaveLength(3);
	});

	test("keys too many for one line are asked for in several, a key too long for any refuses its record", async () => {
		const work = await target();
		const rows = Array.from({ length: 40 }, (_, index) => `${index} ${"x".repeat(500)}`);
		const pushRows = rows.map((key) => ({ ref: key, cells: { [columns.key]: key } }));
		for (let twice = 0; twice < 2; twice += 1) await connector.push(call(), work, pushRows);
		expect(simulator.table(tableId).rows).toHaveLength(40);
		const long = [{ ref: "a", cells: { [columns.key]: "x".repeat(20_000) } }];
		expectTold(await connector.push(call(), work, long), "split", "delivery/record-too-large");
	});

	test("a choice that the person may not add is told", async () => {
		const work = await target();
		simulator.setRole(baseId, "editor");
		const rows = [{ ref: "a", cells: { [columns.key]: "a", [columns.choice]: "Mauve" } }];
		expectTold(await connector.push(call(), work, rows), "split", "delivery/option-missing");
		expect(simulator.table(tableId).rows).toEqual([]);
	});

	test("choices that are there stay when one is added", async () => {
		const rows = [{ ref: "a", cells: { [columns.key]: "a", [columns.choice]: "Mauve" } }];
		await connector.push(call(), await target(), rows);
		expect(simulator.table(tableId).columns.find(({ id }) => id === columns.choice)?.choices).toEqual(["Red", "Mauve"]);
	});
});

describe("CON-3: files and links", () => {
	test("a file is put beside those that are there, and once", async () => {
		simulator.table(tableId).columns.push({ id: "cfiles", title: "Files", uidt: "Attachment" });
		const work = await target();
		await connector.push(call(), work, [{ ref: "a", cells: { [columns.key]: "a" } }]);
		const file = {
			remoteId: "1",
			columnId: "cfiles",
			name: "a.txt",
			contentType: "text/plain",
			bytes: new Uint8Array([1]),
		};
		const ids: unknown[] = [];
		// The second time its reply was lost.
		for (const name of ["a.txt", "a.txt", "b.txt"]) {
			const sent = await connector.upload?.(call(), work, { ...file, name });
			ids.push(sent?.kind === "ok" && sent.value.id);
		}
		expect(simulator.table(tableId).rows[0]?.cfiles).toMatchObject([{ title: "a.txt" }, { title: "b.txt" }]);
		expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false]);
	});

	test("rows are found by a part of what they are called", async () => {
		const work = await target();
		const rows = ["An apple", "A pear"].map((key) => ({ ref: key, cells: { [columns.key]: key } }));
		await connector.push(call(), work, rows);
		expect(await connector.searchRows?.(call(), work, "APPL")).toEqual({
			kind: "ok",
			value: [{ id: "1", label: "An apple" }],
		});
	});
});
