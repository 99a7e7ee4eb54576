import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { PushRow } from "../connector.ts";
import { tableId } from "./simulator/test-scene.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
beforeEach(async () => {
	bench = await openConnector();
});
afterEach(() => bench.scene.stop());

const row = (cells: Record<string, unknown>, more: Partial<PushRow> = {}): PushRow => ({
	ref: "a",
	cells: { lnk1: "https://a.test/", title: "A", ...cells },
	...more,
});
const push = async (given: PushRow) => bench.connector.push(bench.call(), await bench.target(), [given]);
const rows = () => bench.scene.control.rows(tableId);
const failure = (status: number, code: string, data: Record<string, unknown> = {}) => ({
	kind: "status" as const,
	status,
	body: { object: "error", status, code, message: "planned", additional_data: data },
});
const pages = { method: "POST", path: "/v1/pages" };

describe("SYNC-3: one row after an answer that was lost", () => {
	test("the index lags: the next try is asked for when it has caught up, and finds the row", async () => {
		bench.scene.control.set({ indexLags: true });
		bench.scene.control.plan({ ...pages, effect: { kind: "drop_after_commit" } });
		expect(await push(row({}))).toMatchObject({ kind: "later", afterMs: 15_000 });
		bench.scene.control.set({ indexLags: false });
		expect(await push(row({}))).toMatchObject({ kind: "pushed", rows: [{ created: false }] });
		expect(rows()).toHaveLength(1);
	});

	test("a page named in the failure is the page", async () => {
		const { id } = bench.scene.control.addRow(tableId, { Link: { url: "https://b.test/" } });
		const data = { committed_resource_id: id };
		bench.scene.control.plan({ ...pages, effect: failure(503, "service_unavailable", data) });
		const remoteId = id.replaceAll("-", "");
		expect(await push(row({}))).toEqual({ kind: "pushed", rows: [{ ref: "a", remoteId, created: true }] });
	});

	test("a body that broke off is written whole by the next try", async () => {
		const markdown = Array.from({ length: 250 }, (_, index) => `Paragraph ${index}.`).join("\n\n");
		bench.scene.control.plan({ method: "PATCH", path: "/children", effect: { kind: "drop_after_commit" } });
		expect(await push(row({ "page:body": markdown }))).toMatchObject({ kind: "later", afterMs: 15_000 });
		expect(await push(row({ "page:body": markdown }))).toMatchObject({ kind: "pushed" });
		expect(rows().map(({ blocks }) => blocks.length)).toEqual([250]);
	});
});

describe("SYNC-3: keys", () => {
	test("are compared exactly, although the table's filter does not mind case", async () => {
		await push(row({ lnk1: "https://a.test/Case" }));
		expect(await push(row({ lnk1: "https://a.test/case" }))).toMatchObject({ rows: [{ created: true }] });
		expect(rows()).toHaveLength(2);
	});

	test("a row whose id is known is written to without a look-up; one in the trash is made anew", async () => {
		const first = await push(row({}));
		const remoteId = first.kind === "pushed" ? (first.rows[0]?.remoteId ?? "") : "";
		bench.scene.control.reset();
		await push(row({ title: "B" }, { remoteId }));
		const asked = bench.scene.control.requests().map(({ method, path }) => `${method} ${path}`);
		expect(asked.filter((request) => !request.endsWith("/search"))).toEqual([`PATCH /v1/pages/${remoteId}`]);
		await bench.connector.remove?.(bench.call(), await bench.target(), [remoteId]);
		expect(await push(row({ title: "C" }, { remoteId }))).toMatchObject({ rows: [{ created: true }] });
		expect(rows()).toHaveLength(1);
	});

	test("a match key without its column would match every row, so nothing is written", async () => {
		const target = { ...(await bench.target()), columns: [] };
		expect(await bench.connector.push(bench.call(), target, [row({})])).toMatchObject({ kind: "mend_target" });
	});
});

describe("CON-2: the page under a row", () => {
	test("is replaced, and what a person wrote on it stays", async () => {
		await push(row({ "page:body": "# Old\n\ntext" }));
		await push(row({ "page:body": "New" }));
		expect(rows()[0]?.blocks).toMatchObject([{ type: "paragraph" }]);
		const [page] = bench.scene.control.pages(tableId);
		const [ours] = page?.blocks ?? [];
		if (page === undefined || ours === undefined) throw new Error("The row has no page.");
		page.blocks.push({ ...ours, id: crypto.randomUUID(), createdBy: "someone", content: { theirs: true } });
		await push(row({ "page:body": "Newer" }));
		expect(rows()[0]?.blocks).toMatchObject([
			{ content: { theirs: true } },
			{ content: { rich_text: [{ plain_text: "Newer" }] } },
		]);
	});

	test("stays as it is where no body was captured, and is emptied by an empty one", async () => {
		await push(row({ "page:body": "Text" }));
		await push(row({ title: "B" }));
		expect(rows()[0]?.blocks).toHaveLength(1);
		await push(row({ "page:body": null }));
		expect(rows()[0]?.blocks).toHaveLength(0);
	});
});

describe("SYNC-4: what is wrong is told by looking, not by Notion's words", () => {
	const told: [status: number, code: string, data: Record<string, unknown>, result: Record<string, unknown>][] = [
		[400, "validation_error", {}, { kind: "split", reason: "delivery/value-refused" }],
		[400, "invalid_request", {}, { kind: "split", reason: "delivery/refused" }],
		[401, "unauthorized", {}, { kind: "reconnect", reason: "delivery/credential-refused" }],
		[403, "restricted_resource", {}, { kind: "mend_target", reason: "delivery/permission-lost" }],
		[403, "restricted_resource", { block_limit: 1 }, { kind: "later", reason: "delivery/quota-exhausted" }],
		[404, "object_not_found", {}, { kind: "split", reason: "delivery/value-refused" }],
		[409, "conflict_error", {}, { kind: "later", reason: "delivery/provider-error", countsAgainstBudget: false }],
		[429, "rate_limited", { retry_after: 4 }, { kind: "later", afterMs: 4_000, countsAgainstBudget: true }],
		[
			429,
			"rate_limited",
			{ rate_limit_reason: "public_api_request_blocked" },
			{ kind: "later", afterMs: 21_600_000, reason: "delivery/quota-exhausted" },
		],
		[503, "database_connection_unavailable", {}, { kind: "later", afterMs: 15_000 }],
		[504, "gateway_timeout", {}, { kind: "later", reason: "delivery/provider-error" }],
		[529, "service_overload", {}, { kind: "later", reason: "delivery/provider-busy", countsAgainstBudget: true }],
	];
	test.each(told)("%d %s %j", async (...[status, code, data, result]) => {
		bench.scene.control.plan({ ...pages, effect: failure(status, code, data) });
		expect(await push(row({}))).toMatchObject(result);
		expect(rows()).toHaveLength(0);
	});

	test("a page of the edge's is sent once more, then the record is named", async () => {
		const effect = { kind: "status" as const, status: 403, body: "<html>blocked</html>", headers: { "cf-ray": "1" } };
		bench.scene.control.plan({ ...pages, effect });
		expect(await push(row({}))).toMatchObject({ kind: "pushed" });
		bench.scene.control.plan({ method: "PATCH", effect, times: 2 });
		expect(await push(row({}))).toMatchObject({ kind: "split", reason: "delivery/refused" });
	});

	test("a table that is gone, and a column that has another type by now", async () => {
		const target = await bench.target();
		const kind = bench.scene.control.dataSource(tableId).properties.find(({ id }) => id === "num1");
		if (kind !== undefined) kind.type = "rich_text";
		const retyped = await bench.connector.push(bench.call(), target, [row({ num1: 5 })]);
		expect(retyped).toMatchObject({ kind: "mend_target", reason: "delivery/column-missing" });
		bench.scene.control.removeDataSource(tableId);
		const gone = await bench.connector.push(bench.call(), target, [row({ lnk1: "https://new.test/" })]);
		expect(gone).toMatchObject({ kind: "mend_target", reason: "delivery/table-missing" });
	});
});
