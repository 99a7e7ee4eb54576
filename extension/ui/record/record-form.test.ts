import { describe, expect, test } from "bun:test";
import type { Fields } from "../../../backend/contract/fields.ts";
import type { MappingEntry, TargetView } from "../../../backend/contract/targets.ts";
import { testTarget } from "../test-target.ts";
import {
	isSaidByPrice,
	mergeForUpdate,
	type RecordForm,
	type RecordSource,
	readRecordForm,
	retarget,
	toRecordForm,
	typedByHand,
	withRow,
} from "./record-form.ts";

const fields: Fields = {
	author: { type: "text", value: "Ada" },
	url: { type: "url", value: "https://a.test/1" },
	title: { type: "text", value: "One" },
};
const source: RecordSource = {
	fields,
	provenance: {
		author: { from: "json-ld", path: "Product.brand.name", confidence: 0.95 },
		url: { from: "link", confidence: 0.7 },
		title: { from: "open-graph", path: "og:title", confidence: 0.8 },
	},
};
const labels = (form: RecordForm, mapped: boolean) =>
	form.rows.filter((row) => row.mapped === mapped).map((row) => row.label);

describe("J4: the record is drawn as the table it goes to", () => {
	test("J4: mapped fields in the order and with the names of the columns, the others after them", () => {
		const form = toRecordForm(source, [testTarget()]);
		expect(labels(form, true)).toEqual(["Name", "Link", "Cost"]);
		expect(labels(form, false)).toEqual(["Author"]);
	});

	test("J4: the order is the table's, whatever the order of the mapping", () => {
		const { mapping } = testTarget();
		const form = toRecordForm(source, [testTarget({ mapping: [...mapping].reverse() })]);
		expect(labels(form, true)).toEqual(["Name", "Link", "Cost"]);
	});

	test("J4: where a step of the mapping stands between, the input is the captured value's and not the column's", () => {
		const columns = [{ id: "colName", name: "Name", type: "select", options: ["Ada L."] }];
		const plain = [{ from: "author", to: "colName" }];
		const stepped: MappingEntry[] = [{ from: "author", to: "colName", transform: [{ kind: "trim" }] }];
		const inputOf = (mapping: MappingEntry[]) =>
			toRecordForm(source, [testTarget({ mapping, columns })]).rows.find(({ name }) => name === "author")?.form.input;
		expect([inputOf(plain), inputOf(stepped)]).toEqual(["choice", "text"]);
	});

	test("J4: a column that no row can do without is refused empty, with its name; a constant stands in for it", () => {
		const [name, link, cost] = testTarget().columns;
		if (!name || !link || !cost) throw new Error("no columns");
		const columns = [name, { ...link, required: true as const }, { ...cost, required: true as const }];
		const problems = (over: Partial<TargetView>) => {
			const form = toRecordForm({ ...source, fields: {} }, [testTarget({ columns, ...over })]);
			const read = readRecordForm(form);
			return read.ok ? {} : read.problems;
		};
		expect(problems({})).toEqual({
			url: expect.stringContaining("Link tells rows apart"),
			price: expect.stringContaining("takes no row without it"),
		});
		const constants = [{ to: "colPrice", value: { type: "number" as const, value: 1 } }];
		expect(Object.keys(problems({ constants }))).toEqual(["url"]);
	});

	test("J4: what was typed goes on in the input of the column that it leads to now", () => {
		const typed = withRow(toRecordForm(source, [testTarget()]), "author", { input: "text", text: "Grace" });
		const columns = [
			{ id: "tags", name: "People", type: "multi_select", options: ["Ada"], takesNewOptions: true as const },
		];
		const other = testTarget({ id: "target-2", mapping: [{ from: "author", to: "tags" }], columns });
		const row = retarget(typed, source, [other]).rows.find(({ name }) => name === "author");
		expect(row?.form).toEqual({ input: "choices", items: ["Grace"] });
	});

	test("J4: what was typed for a column that another table has not stays with the record", () => {
		const typed = withRow(toRecordForm(source, [testTarget()]), "price", { input: "number", text: "5" });
		const other = testTarget({ id: "target-2", mapping: [{ from: "title", to: "colName" }] });
		const form = retarget(typed, source, [other]);
		expect(labels(form, false)).toContain("Price");
		const read = readRecordForm(form, "en-GB");
		expect(read.ok && read.fields["price"]).toEqual({ type: "number", value: 5 });
	});

	test("J4: a column nothing was captured for can be filled by hand", () => {
		const form = toRecordForm(source, [testTarget()]);
		const typed = withRow(form, "price", { input: "currency", text: "5", currency: "EUR" });
		const read = readRecordForm(typed, "en-GB");
		expect(read.ok && read.fields["price"]).toEqual({ type: "currency", value: { amount: 5, currency: "EUR" } });
		expect(read.ok && read.provenance["price"]).toEqual(typedByHand);
	});

	test("J4: of several fields for one column the first that was captured is shown", () => {
		const mapping = [
			{ from: "authors", to: "colName" },
			{ from: "author", to: "colName" },
		];
		const form = toRecordForm(source, [testTarget({ mapping })]);
		expect(form.rows.find((row) => row.label === "Name")?.name).toBe("author");
	});

	test("J4: of several targets the first says the order, and what only another has a column for comes after", () => {
		const other = testTarget({
			id: "target-2",
			mapping: [
				{ from: "title", to: "colTitle" },
				{ from: "author", to: "colAuthor" },
			],
			columns: [{ id: "colAuthor", name: "Written by", type: "text" }],
		});
		const form = toRecordForm(source, [testTarget(), other]);
		expect(labels(form, true)).toEqual([...labels(toRecordForm(source, [testTarget()]), true), "Written by"]);
	});

	test("J4: without a target everything captured is listed under its own name, in the usual order", () => {
		expect(labels(toRecordForm(source, []), true)).toEqual(["Title", "URL", "Author"]);
	});

	test("J4: looking at a record changes nothing in it", () => {
		for (const targets of [[testTarget()], []]) {
			const read = readRecordForm(toRecordForm(source, targets));
			expect(read.ok && read.fields).toEqual(fields);
			expect(read.ok && read.provenance).toEqual(source.provenance);
		}
	});

	test("J4: every line that cannot be read is named, not only the first", () => {
		let form = toRecordForm(source, [testTarget()]);
		form = withRow(form, "price", { input: "currency", text: "much", currency: "EUR" });
		form = withRow(form, "url", { input: "url", text: "nowhere" });
		const read = readRecordForm(form);
		expect(read.ok ? [] : Object.keys(read.problems).sort()).toEqual(["price", "url"]);
	});

	test("J4: what was typed stays when another target is chosen", () => {
		const typed = withRow(toRecordForm(source, [testTarget()]), "author", { input: "text", text: "Grace" });
		const other = testTarget({ id: "target-2", mapping: [{ from: "author", to: "colName" }] });
		const row = retarget(typed, source, [other]).rows.find((one) => one.name === "author");
		expect(row).toMatchObject({ label: "Name", mapped: true, form: { input: "text", text: "Grace" } });
	});
});

describe("CAP-7: an update keeps what the person typed", () => {
	const saved: RecordSource = {
		fields: {
			title: { type: "text", value: "My title" },
			author: { type: "text", value: "Old" },
			tags: { type: "list", value: ["mine"] },
		},
		provenance: {
			title: typedByHand,
			author: { from: "json-ld", confidence: 0.95 },
			tags: { from: "meta", confidence: 0.75 },
		},
	};

	test("CAP-7: typed values stay, the page's own are refreshed, what the page no longer says is kept", () => {
		const merged = mergeForUpdate(source, saved);
		expect(merged.fields["title"]).toEqual({ type: "text", value: "My title" });
		expect(merged.fields["author"]).toEqual({ type: "text", value: "Ada" });
		expect(merged.fields["tags"]).toEqual({ type: "list", value: ["mine"] });
		expect(merged.provenance["title"]).toEqual(typedByHand);
	});
});

describe("CAP-2: one price is one line", () => {
	const money: RecordSource = {
		fields: {
			price: { type: "currency", value: { amount: 12, currency: "EUR" } },
			currency: { type: "text", value: "EUR" },
		},
		provenance: {},
	};
	const currencyRow = (form: RecordForm) => form.rows.find(({ name }) => name === "currency");

	test("a currency that no column takes is not drawn, and follows the price when that is changed", () => {
		const form = toRecordForm(money, []);
		const row = currencyRow(form);
		expect(row && isSaidByPrice(row, form)).toBe(true);
		const read = readRecordForm(withRow(form, "price", { input: "currency", text: "13", currency: "CHF" }));
		expect(read.ok && read.fields["currency"]).toEqual({ type: "text", value: "CHF" });
	});

	test("one that has a column of its own stays a line", () => {
		const target = testTarget({
			mapping: [{ from: "currency", to: "code" }],
			columns: [{ id: "code", name: "Currency", type: "text" }],
		});
		const form = toRecordForm(money, [target]);
		const row = currencyRow(form);
		expect(row && isSaidByPrice(row, form)).toBe(false);
	});
});
