import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { expectTold } from "../conformance-refusals.ts";
import type { HttpRequest, PushRow } from "../connector.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
beforeEach(async () => {
	bench = await openConnector();
});
afterEach(() => bench.scene.stop());

const key = "fldKey00000000000";
const row = (ref: string, cells: Record<string, unknown> = {}): PushRow => ({ ref, cells: { [key]: ref, ...cells } });
const push = async (rows: PushRow[]) => bench.connector.push(bench.call(), await bench.target(), rows);
const kept = () => bench.scene.control.rows("appEverything0000", "All types");

/** What goes over the wire, told by a door that lets everything through. */
async function sent(rows: PushRow[]): Promise<HttpRequest[]> {
	const requests: HttpRequest[] = [];
	const call = bench.call();
	const http = (request: HttpRequest) => {
		requests.push(request);
		return call.http(request);
	};
	await bench.connector.push({ ...call, http }, await bench.target(), rows);
	return requests;
}

describe("SYNC-3: the request", () => {
	test("is one upsert by ids, and asks for ids", async () => {
		const requests = await sent([row("a"), row("b")]);
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			method: "PATCH",
			url: `${bench.scene.url}/v0/appEverything0000/tblEverything0000`,
			json: {
				performUpsert: { fieldsToMergeOn: [key] },
				returnFieldsByFieldId: true,
				records: [{ fields: { [key]: "a" } }, { fields: { [key]: "b" } }],
			},
		});
	});

	const cells: [name: string, cells: Record<string, unknown>, typecast: boolean][] = [
		["text only", {}, false],
		["a choice", { fldSelect00000000: "Red" }, true],
		["several choices", { fldTags0000000000: ["design"] }, true],
		["an emptied choice", { fldSelect00000000: null }, false],
	];
	test.each(cells)("asks Airtable to add choices only for them: %s", async (_name, more, typecast) => {
		const [request] = await sent([row("a", more)]);
		expect(JSON.stringify(request?.json).includes('"typecast":true')).toBe(typecast);
	});

	test("keys that differ as captured and are one as cells become one row", async () => {
		const target = { ...(await bench.target()), matchKey: ["fldTags0000000000"] };
		const rows = [
			row("one", { fldTags0000000000: ["design", "paper"] }),
			row("two", { fldTags0000000000: ["paper", "design"] }),
		];
		const result = await bench.connector.push(bench.call(), target, rows);
		expect(result.kind === "pushed" ? result.rows.map(({ ref }) => ref) : []).toEqual(["one", "two"]);
		expect(kept().map(({ cells }) => cells.Key)).toEqual(["two"]);
	});
});

describe("SYNC-4: what the person is told", () => {
	test("a refused value is told in Airtable's own words, which name the column", async () => {
		const result = await push([row("a", { fldNumber00000000: "x" })]);
		expectTold(result, "split", "delivery/value-refused");
		expect(result).toMatchObject({
			message: expect.stringContaining('“Field "Number" cannot accept the provided value”'),
		});
	});

	test("a choice that the account may not add", async () => {
		bench.scene.control.setPermission("appEverything0000", "edit");
		expectTold(await push([row("a", { fldSelect00000000: "Mauve" })]), "split", "delivery/option-missing");
	});

	test("a table that is gone, as either answer tells it", async () => {
		const target = await bench.target();
		const push = () => bench.connector.push(bench.call(), target, [row("a")]);
		bench.scene.control.plan({
			effect: {
				kind: "status",
				status: 404,
				body: { error: { type: "TABLE_NOT_FOUND", message: "Could not find table" } },
			},
		});
		expectTold(await push(), "mend_target", "delivery/table-missing");
		bench.scene.control.removeTable("appEverything0000", "All types");
		expectTold(await push(), "mend_target", "delivery/permission-lost");
	});

	test("a request or a reply that is too large is split", async () => {
		const target = await bench.target();
		const push = () => bench.connector.push(bench.call(), target, [row("a")]);
		bench.scene.control.plan({ effect: { kind: "status", status: 413, body: "<html>" } });
		expectTold(await push(), "split", "delivery/record-too-large");
		bench.scene.control.plan({ effect: { kind: "status", status: 200, body: { padding: "x".repeat(600_000) } } });
		expectTold(await push(), "split", "delivery/record-too-large");
	});

	test("a month's calls that are used up make everyone on the base wait for hours", async () => {
		const target = await bench.target();
		bench.scene.control.setExhausted("appEverything0000", true);
		const result = await bench.connector.push(bench.call(), target, [row("a")]);
		expectTold(result, "later", "delivery/quota-exhausted");
		expect(result).toMatchObject({ afterMs: 6 * 3_600_000, countsAgainstBudget: true });
	});

	test("a reply that does not name each row is not believed", async () => {
		const target = await bench.target();
		for (const body of [{ records: [{ id: "rec1" }, { id: "rec2" }], createdRecords: [] }, { records: [] }]) {
			bench.scene.control.plan({ effect: { kind: "status", status: 200, body } });
			const result = await bench.connector.push(bench.call(), target, [row("a")]);
			expectTold(result, "later", "delivery/provider-error");
		}
	});

	test("SEC-2: an address that the guard refuses waits for the operator and names no row", async () => {
		const target = await bench.target();
		const http = async () => ({ kind: "forbidden", reason: "the address is not on the public internet" }) as const;
		const result = await bench.connector.push({ ...bench.call(), http }, target, [row("a")]);
		expectTold(result, "later", "delivery/provider-unreachable");
	});
});
