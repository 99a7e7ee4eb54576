import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { expectTold } from "../conformance-refusals.ts";
import type { ConnectorCall, PushTarget } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import { placeContainer } from "../server-address.ts";
import { tableField } from "./field-types.ts";
import { createBaserowConnector } from "./index.ts";
import { type BaserowSimulator, startBaserowSimulator } from "./simulator.ts";
import { columns, conformanceTable, filesColumn, sceneToken, tableId } from "./test-scene.ts";

const connector = createBaserowConnector();
let simulator: BaserowSimulator;
beforeEach(async () => {
	simulator = await startBaserowSimulator({ tables: [conformanceTable], token: sceneToken });
});
afterEach(() => simulator.stop());

const call = (credential: Record<string, string> = {}): ConnectorCall => ({
	credential: { address: simulator.url, token: sceneToken, ...credential },
	http: createGuardedHttp({ allowedOrigins: [simulator.url] }),
	signal: new AbortController().signal,
});

async function target(): Promise<PushTarget> {
	const found = await connector.discover(call());
	const table = found.kind === "ok" ? found.value[0] : undefined;
	return {
		containerId: table?.container.id ?? "",
		tableId: String(tableId),
		matchKey: [columns.key],
		columns: table?.fields ?? [],
	};
}

describe("CON-2: where the server is", () => {
	const asked = async (address: string) => {
		const urls: string[] = [];
		const http: ConnectorCall["http"] = async ({ url }) => {
			urls.push(url);
			return { kind: "unanswered", reason: "unreachable" };
		};
		await connector.identify({ ...call({ address }), http });
		return urls;
	};

	test("the cloud's interface has a name of its own, other servers have it under theirs", async () => {
		for (const address of ["https://baserow.io", "baserow.io/login", "https://api.baserow.io/api/"]) {
			expect(await asked(address)).toEqual(["https://api.baserow.io/api/database/tokens/check/"]);
		}
		expect(await asked("https://own.example/base/api/")).toEqual([
			"https://own.example/base/api/database/tokens/check/",
		]);
	});

	test("J5: a row is opened on the server it is on", () => {
		const containerId = placeContainer(12, "https://baserow.io");
		expect(connector.remoteUrl({ containerId, tableId: "34" }, "7")).toBe(
			"https://baserow.io/database/12/table/34/row/7",
		);
	});
});

describe("CON-2: discovery", () => {
	test("columns by type; what is computed is closed; what only compares otherwise cannot be matched on", async () => {
		const { columns: found } = await target();
		expect(found.map(({ name, type, writable, matchable }) => [name, type, writable, matchable])).toEqual([
			["Key", "text", true, true],
			["Text", "text", true, true],
			["Long", "long_text", true, false],
			["Number", "number", true, true],
			["Day", "date", true, false],
			["Instant", "datetime", true, false],
			["Choice", "select", true, false],
			["Files", "attachment", true, false],
			["Sum", "unsupported", false, false],
		]);
	});

	test("a table that the token has no right to is not shown", async () => {
		simulator.allow(tableId, []);
		expect(await connector.discover(call())).toEqual({ kind: "ok", value: [] });
	});
});

describe("SYNC-4: what the person is told", () => {
	test("a right that the token lacks is the target's matter, not the token's", async () => {
		const work = await target();
		simulator.allow(tableId, ["read", "update"]);
		const result = await connector.push(call(), work, [{ ref: "a", cells: { [columns.key]: "a" } }]);
		expectTold(result, "mend_target", "delivery/permission-lost");
	});

	test("a value that is refused is told in the server's words", async () => {
		const cells = { [columns.key]: "a", [columns.number]: 1.234 };
		const result = await connector.push(call(), await target(), [{ ref: "a", cells }]);
		expectTold(result, "split", "delivery/value-refused");
		expect(result).toMatchObject({ message: expect.stringContaining("no more than 2 decimal places") });
	});
});

describe("CON-3: files and links", () => {
	test("a linked column says which table its rows are in, where the server does", () => {
		const link = { id: 110, name: "Related", type: "link_row" };
		expect(tableField({ ...link, link_row_table_id: 35 })).toMatchObject({ type: "link", linkedTableId: "35" });
		expect(tableField({ ...link, link_row_table_id: null })).not.toHaveProperty("linkedTableId");
	});

	test("files are fetched by the server, and further ones are put beside them", async () => {
		const work = await target();
		const cells = { [columns.key]: "a", [filesColumn]: [{ url: "https://example.org/a.png" }] };
		expect(await connector.push(call(), work, [{ ref: "a", cells }])).toMatchObject({ kind: "pushed" });
		const bytes = new Uint8Array([1, 2, 3]);
		const file = {
			remoteId: "1",
			columnId: filesColumn,
			name: "b.bin",
			contentType: "application/octet-stream",
			bytes,
		};
		const first = await connector.upload?.(call(), work, file);
		expect(first).toMatchObject({ kind: "ok" });
		// Its reply was lost.
		expect(await connector.upload?.(call(), work, file)).toEqual(first);
		const kept = simulator.table(tableId).rows[0]?.[`field_${filesColumn}`];
		expect(kept).toMatchObject([{ visible_name: "https://example.org/a.png" }, { visible_name: "b.bin" }]);
	});

	test("rows are found by a part of what they are called", async () => {
		const work = await target();
		const rows = ["An apple", "A pear"].map((key) => ({ ref: key, cells: { [columns.key]: key } }));
		await connector.push(call(), work, rows);
		expect(await connector.searchRows?.(call(), work, "appl")).toEqual({
			kind: "ok",
			value: [{ id: "1", label: "An apple" }],
		});
	});
});
