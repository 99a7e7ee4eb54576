import { describe, expect, test } from "bun:test";
import type { FieldValue } from "../contract/fields.ts";
import { type ConformanceBench, type ConformanceColumn, type ConformanceOptions, text } from "./conformance-bench.ts";
import { expectSentence, expectTold } from "./conformance-refusals.ts";

/** What a connector writes, and how often. */
export function writeCases(bench: () => ConformanceBench, options: ConformanceOptions): void {
	identityCases(bench);
	upsertCases(bench, options);
	valueCases(bench, options);
	emptyCases(bench);
}

export function identityCases(bench: () => ConformanceBench): void {
	describe("CON-2: identify and discover", () => {
		test("the account is named, and nothing it needs is missing", async () => {
			const identity = await bench().connector.identify(bench().call());
			expect(identity).toMatchObject({ kind: "ok", value: { missingScopes: [] } });
			if (identity.kind === "ok") expect([identity.value.accountId, identity.value.label]).not.toContain("");
		});

		test("the columns are there, can be written, and one of them can be matched on", () => {
			const parts: ConformanceColumn[] = ["key", "text", "long", "number", "day", "instant", "choice"];
			for (const part of parts) expect(bench().column(part)).toMatchObject({ writable: true });
			expect(bench().column("key").matchable).toBe(true);
		});

		test("the limits and the form are such that an engine and a page can use them", () => {
			const { manifest } = bench().connector;
			expect(manifest.limits.recordsPerRequest).toBeGreaterThan(0);
			expect(manifest.limits.requestsPerSecond).toBeGreaterThan(0);
			expect(manifest.form.length > 0).toBe(manifest.ways.includes("token"));
			expect(manifest.oauth !== undefined).toBe(manifest.ways.includes("oauth"));
			expect(manifest.icon).toMatch(/^<svg [^>]*viewBox="0 0 24 24"/);
			const scope = manifest.budgetScope({ containerId: "container", connectionId: "connection" });
			expect(scope).toStartWith(`${manifest.id}:`);
		});
	});
}

function upsertCases(bench: () => ConformanceBench, { movingIds }: ConformanceOptions): void {
	describe("SYNC-3: the same row twice is one row", () => {
		test("a new key makes a row, a known one updates it, and each outcome names its row", async () => {
			const first = await bench().push([bench().plain("a", "one"), bench().plain("b", "two")]);
			expect(first).toMatchObject({
				kind: "pushed",
				rows: [
					{ ref: "a", created: true },
					{ ref: "b", created: true },
				],
			});
			const second = await bench().push([bench().plain("a", "three")]);
			expect(second).toMatchObject({ kind: "pushed", rows: [{ ref: "a", created: false }] });
			expect(await bench().kept("text")).toEqual(["three", "two"]);
			const idOf = (result: typeof first) => (result.kind === "pushed" ? result.rows[0]?.remoteId : null);
			expect(idOf(second)).toBe(idOf(first));
		});

		test("two rows of one key in one request end as one row with the later cells", async () => {
			const result = await bench().push([bench().plain("a", "early"), bench().plain("a", "late")]);
			expect(result).toMatchObject({ kind: "pushed", rows: [{ ref: "a" }, { ref: "a" }] });
			expect(await bench().kept("text")).toEqual(["late"]);
		});

		test("a full request goes through", async () => {
			const size = bench().connector.manifest.limits.recordsPerRequest;
			const keys = Array.from({ length: size }, (_, index) => `key ${index}`);
			const result = await bench().push(keys.map((key) => bench().plain(key)));
			expect(result.kind === "pushed" ? result.rows.map((row) => row.ref) : []).toEqual(keys);
			expect(await bench().kept("key")).toEqual(keys);
		});

		test("each row has an address or the provider has none", async () => {
			const result = await bench().push([bench().plain("a")]);
			const remoteId = result.kind === "pushed" ? (result.rows[0]?.remoteId ?? "") : "";
			const address = bench().connector.remoteUrl(bench().target(), remoteId);
			expect(address === null || address.includes(movingIds?.addressPart(remoteId) ?? remoteId)).toBe(true);
		});
	});
}

const day = (value: string): FieldValue => ({ type: "date", value });

/** Writes one value and answers what is kept of it. */
const writing = (bench: () => ConformanceBench) => async (part: ConformanceColumn, value: FieldValue) => {
	const result = await bench().push([bench().row("a", { key: text("a"), [part]: value })]);
	expect(result.kind).toBe("pushed");
	return (await bench().kept(part)).at(-1);
};

const longText = "long text ".repeat(10_000);

export function valueCases(bench: () => ConformanceBench, options: ConformanceOptions): void {
	const shorterCells = options.shorterCells !== undefined;
	const writes = writing(bench);

	describe("CON-2: values arrive as they were captured", () => {
		const texts: [name: string, value: string][] = [
			["emoji", "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽"],
			["right-to-left", "שלום עולם مرحبا"],
			["combining marks", "e\u0301 ñ n\u0303"],
			["markup", `<script>alert("x")</script> & 'quotes' \\ {{x}}`],
			["lines", "first\nsecond\n\n\tfourth"],
			...(shorterCells ? [] : [["100 kB", longText] as [string, string]]),
		];
		test.each(texts)("%s", async (_name, value) => {
			expect(await writes("long", text(value))).toBe(value);
		});

		if (shorterCells) {
			test("100 kB, which do not fit, are refused in words and not cut", () => {
				const refused = bench().connector.coerce(text(longText), bench().column("long"));
				expectSentence(refused.ok ? "taken" : refused.message);
			});
		}

		test("keys in foreign scripts match themselves", async () => {
			for (const key of ["שלום 👋", "e\u0301"]) {
				for (let twice = 0; twice < 2; twice += 1) await bench().push([bench().plain(key)]);
			}
			expect(await bench().kept("key")).toEqual(["שלום 👋", "e\u0301"]);
		});

		test("numbers keep their sign and their fraction", async () => {
			expect(await writes("number", { type: "number", value: -0.25 })).toBe(-0.25);
		});

		test("an instant is the same instant in every zone, and a day stays the day it was written", async () => {
			expect(await writes("instant", day("2026-01-02T23:30:00-05:00"))).toBe("2026-01-03T04:30:00.000Z");
			const asDay = options.oneDateType === undefined ? "2026-01-02" : "2026-01-03T04:30:00.000Z";
			expect(await writes("day", day("2026-01-02T23:30:00-05:00"))).toBe(asDay);
			expect(await writes("day", day("2024-02-29"))).toBe("2024-02-29");
		});
	});
	choiceCases(bench, options);
}

function choiceCases(bench: () => ConformanceBench, { fixedChoices }: ConformanceOptions): void {
	const writes = writing(bench);
	describe("CON-2: choices", () => {
		test("the manifest says whether a choice can be added, as far as coercing does not", () => {
			const { manifest, coerce } = bench().connector;
			const isAdded = manifest.addsChoices === true && coerce(text("Never seen before"), bench().column("choice")).ok;
			expect(isAdded).toBe(fixedChoices === undefined);
		});

		if (fixedChoices !== undefined) {
			test("a choice that is not there yet cannot be added, and its record is refused in words", async () => {
				const coerced = bench().connector.coerce(text("Never seen before"), bench().column("choice"));
				if (coerced.ok) {
					const row = bench().row("a", { key: text("a"), choice: text("Never seen before") });
					expectTold(await bench().push([row]), "split", "delivery/option-missing");
				} else expectSentence(coerced.message);
				expect(await writes("choice", text("red"))).toBe("Red");
			});
		} else {
			test("a choice that is not there yet is added", async () => {
				expect(await writes("choice", text("Never seen before"))).toBe("Never seen before");
			});
		}
	});
}

function emptyCases(bench: () => ConformanceBench): void {
	describe("CON-2: empty is not missing", () => {
		test("a field that was not captured leaves its cell, an empty one empties it", async () => {
			await bench().push([bench().row("a", { key: text("a"), text: text("kept"), long: text("gone") })]);
			await bench().push([bench().row("a", { key: text("a"), long: text("") })]);
			expect(await bench().kept("text")).toEqual(["kept"]);
			expect(await bench().kept("long")).toEqual([undefined]);
		});
	});
}
