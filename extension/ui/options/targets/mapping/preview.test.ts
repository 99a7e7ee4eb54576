import { describe, expect, test } from "bun:test";
import { testRecord } from "../../../test-target.ts";
import { type Asking, askAfterPause } from "./latest-answer.ts";
import { creatableTypes, leftOut } from "./left-out.ts";
import { withSource } from "./mapping-draft.ts";
import { previewRequest } from "./preview-request.ts";
import { firstSample, sampleRecords } from "./sample-records.ts";
import { newStep } from "./step-drafts.ts";
import { column, draft, keyOf, table } from "./test-mapping.ts";
import { tidied, untidied } from "./untidied.ts";

const place = { connectionId: "c", table, targetId: null };
const record = (id: string, kind: string, over = {}) => testRecord({ id, kind, ...over });

describe("CON-2: what would be written is shown live", () => {
	test("CON-2: an unfinished step is left out of the question; without a record only the mapping is checked", () => {
		const steps = [newStep("regex", "text"), newStep("trim", "text")];
		const typing = withSource(draft, keyOf("name"), { kind: "field", name: "title", steps });
		const request = previewRequest(typing, place, null);
		expect(request?.mapping).toContainEqual({ from: "title", to: "name", transform: [{ kind: "trim" }] });
		expect(request).not.toHaveProperty("fields");
		expect(request).not.toHaveProperty("targetId");
		expect(previewRequest({ lines: [], matchKey: [] }, place, null)).toBeNull();
	});

	test("CON-2: of the record only what a line takes is sent along", () => {
		const fields = { title: { type: "text", value: "One" }, body: { type: "markdown", value: "Long" } } as const;
		expect(previewRequest(draft, place, { fields })?.fields).toEqual({ title: fields.title });
	});

	test("CON-2: a question that is taken back before the pause is over is never asked", async () => {
		const asked: string[] = [];
		const asking = (name: string): Asking<string> => ({
			delayMs: 0,
			ask: async () => {
				asked.push(name);
				return name;
			},
			told: () => undefined,
		});
		askAfterPause(asking("older"))();
		await new Promise<void>((told) => askAfterPause({ ...asking("newer"), told: () => told() }));
		expect(asked).toEqual(["newer"]);
	});

	test("CON-2: an answer that was superseded on its way is cancelled and not shown", async () => {
		const told: unknown[] = [];
		const begun = Promise.withResolvers<AbortSignal>();
		const late = Promise.withResolvers<string>();
		const takeBack = askAfterPause({
			delayMs: 0,
			ask: (signal) => {
				begun.resolve(signal);
				return late.promise;
			},
			told: (outcome) => told.push(outcome),
		});
		const signal = await begun.promise;
		takeBack();
		late.resolve("too late");
		await late.promise;
		expect(signal.aborted).toBe(true);
		const next = { delayMs: 0, ask: async () => Promise.reject(new Error("away")) };
		await new Promise<void>((done) => askAfterPause({ ...next, told: (outcome) => done(void told.push(outcome)) }));
		expect(told).toEqual([{ ok: false, error: new Error("away") }]);
	});

	test("CON-2: the newest record of each kind is offered, the newest of this target first", () => {
		const articles = Array.from({ length: 8 }, (_, at) => record(`a${at}`, "article"));
		const product = record("p", "product", { targetId: "other" });
		const samples = sampleRecords([...articles, product]);
		expect(samples.map(({ id }) => id)).toEqual(["a0", "a1", "a2", "a3", "a4", "p"]);
		expect(firstSample(samples, "other")?.id).toBe("p");
		expect(firstSample(samples, null)?.id).toBe("a0");
		expect(firstSample([], "other")).toBeNull();
	});
});

describe("CON-2: captured fields without a column", () => {
	test("CON-2: what no line takes is offered with a name and the kind that fits it", () => {
		const fields = {
			title: { type: "text", value: "One" },
			price: { type: "currency", value: { amount: 1, currency: "EUR" } },
			description: { type: "text", value: "long ".repeat(100) },
			published: { type: "date", value: "2025-01-31T08:00:00Z" },
			modified: { type: "date", value: "2025-01-31" },
		} as const;
		const offered = leftOut(draft, { fields }, table.fields);
		expect(offered.map(({ field, type }) => [field, type])).toEqual([
			["price", "currency"],
			["description", "long_text"],
			["published", "datetime"],
			["modified", "date"],
		]);
		expect(offered[0]).toMatchObject({ name: "Price", present: null });
		expect(offered.every(({ type }) => creatableTypes.includes(type))).toBe(true);
		expect(leftOut(draft, null, table.fields)).toEqual([]);
	});

	test("CON-2: a column of that name that the table has already is not made a second time", () => {
		const brand = column("brand", { name: " brand" });
		const [offered] = leftOut(draft, { fields: { brand: { type: "text", value: "Nord" } } }, [brand]);
		expect(offered?.present).toEqual(brand);
	});
});

describe("CON-2: an address that rows are matched by", () => {
	test("CON-2: is offered to be tidied once, and only where it tells rows apart", () => {
		const typeOf = (field: string) => (field === "url" ? ("url" as const) : undefined);
		expect(untidied(draft, typeOf).map(({ to }) => to)).toEqual(["link"]);
		expect(untidied({ ...draft, matchKey: ["name"] }, typeOf)).toEqual([]);
		expect(untidied(tidied(draft, keyOf("link")), typeOf)).toEqual([]);
	});
});
