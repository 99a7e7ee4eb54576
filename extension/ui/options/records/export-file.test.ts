import { describe, expect, test } from "bun:test";
import type { Fields } from "../../../../backend/contract/fields.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { exportFile, toCsv, toJson } from "./export-file.ts";

const record = (fields: Fields, more: Partial<LocalRecord> = {}): LocalRecord => ({
	id: "0199c0de-0000-7000-8000-000000000001",
	workspaceId: "0199c0de-0000-7000-8000-0000000000aa",
	kind: "article",
	version: 1,
	targetId: null,
	capturedAt: "2026-03-01T10:00:00.000Z",
	source: { url: "https://a.example/1", title: "One" },
	normalUrl: "https://a.example/1",
	fields,
	provenance: {},
	image: null,
	document: null,
	state: "local",
	problem: null,
	remoteUrl: null,
	supersededBy: null,
	updatedAt: 1,
	...more,
});
const linesOf = (records: LocalRecord[]) => toCsv(records).slice(1).trimEnd().split("\r\n");

describe("J1: a guest takes their records along as a file", () => {
	test("J1: a table has a column for every field that is used, Sheaf's own names first", () => {
		const [head, first, second] = linesOf([
			record({ zebra: { type: "text", value: "z" }, title: { type: "text", value: "One" } }),
			record({
				price: { type: "currency", value: { amount: 9.5, currency: "EUR" } },
				tags: { type: "list", value: ["a", "b"] },
			}),
		]);
		expect(head).toBe("Title,Tags,Price,Zebra,Source,Kind,Captured at");
		expect(first).toBe("One,,,z,https://a.example/1,article,2026-03-01T10:00:00.000Z");
		expect(second).toBe(",a; b,9.5 EUR,,https://a.example/1,article,2026-03-01T10:00:00.000Z");
	});

	test("J1: quotes, commas and line breaks stay in their cell", () => {
		const [, line] = toCsv([record({ title: { type: "text", value: 'She said "no",\nthen left' } })]).split("\r\n");
		expect(line).toStartWith('"She said ""no"",\nthen left",');
	});

	test("CAP-6: what a page wrote is never a formula in a spreadsheet; a number stays one", () => {
		for (const hostile of ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"]) {
			expect(linesOf([record({ title: { type: "text", value: hostile } })])[1]).toStartWith(`'${hostile}`);
		}
		expect(linesOf([record({ rating: { type: "number", value: -4 } })])[1]).toStartWith("-4,");
	});

	test("J1: the other form holds everything, types included", () => {
		const price = { type: "currency", value: { amount: 9.5, currency: "EUR" } } as const;
		const { records } = JSON.parse(toJson([record({ price })])) as { records: unknown[] };
		expect(records).toEqual([
			{
				id: "0199c0de-0000-7000-8000-000000000001",
				kind: "article",
				version: 1,
				capturedAt: "2026-03-01T10:00:00.000Z",
				source: { url: "https://a.example/1", title: "One" },
				fields: { price },
				state: "local",
				remoteUrl: null,
			},
		]);
	});

	test("J1: the file says what it is and from when", async () => {
		const { name, content } = exportFile([], "csv", "2026-03-01");
		expect(name).toBe("sheaf-records-2026-03-01.csv");
		expect(await content.text()).toContain("Source,Kind");
	});
});
