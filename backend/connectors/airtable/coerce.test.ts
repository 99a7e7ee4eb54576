import { describe, expect, test } from "bun:test";
import type { TableField } from "../../contract/connections.ts";
import type { FieldType, FieldValue } from "../../contract/fields.ts";
import { coerce } from "./coerce.ts";

type ColumnType = TableField["type"];
type Cell = { cell: unknown } | "refused";

const samples: Record<FieldType, FieldValue> = {
	text: { type: "text", value: " 12.50 " },
	markdown: { type: "markdown", value: "# Title\n\n**bold**" },
	url: { type: "url", value: "https://a.test/x?y=1" },
	image: { type: "image", value: "https://a.test/pic.png" },
	date: { type: "date", value: "2026-01-02T23:30:00-05:00" },
	number: { type: "number", value: 3 },
	boolean: { type: "boolean", value: true },
	currency: { type: "currency", value: { amount: 4.99, currency: "EUR" } },
	list: { type: "list", value: ["design", " Paper ", "", "design"] },
};

const url = "https://a.test/x?y=1";
const image = "https://a.test/pic.png";
const instant = "2026-01-02T23:30:00-05:00";
const markdown = "# Title\n\n**bold**";
const no = "refused";

/** What becomes of each kind of value in each kind of column. Complete: a new type on either side does not compile. */
const expected: Record<ColumnType, Record<FieldType, Cell>> = {
	text: {
		text: { cell: "12.50" },
		markdown: { cell: "# Title **bold**" },
		url: { cell: url },
		image: { cell: image },
		date: { cell: instant },
		number: { cell: "3" },
		boolean: { cell: "Yes" },
		currency: { cell: "4.99 EUR" },
		list: { cell: "design, Paper, design" },
	},
	long_text: {
		text: { cell: " 12.50 " },
		markdown: { cell: markdown },
		url: { cell: url },
		image: { cell: image },
		date: { cell: instant },
		number: { cell: "3" },
		boolean: { cell: "Yes" },
		currency: { cell: "4.99 EUR" },
		list: { cell: "design\nPaper\ndesign" },
	},
	rich_text: {
		text: { cell: " 12.50 " },
		markdown: { cell: markdown },
		url: { cell: url },
		image: { cell: image },
		date: { cell: instant },
		number: { cell: "3" },
		boolean: { cell: "Yes" },
		currency: { cell: "4.99 EUR" },
		list: { cell: "design\nPaper\ndesign" },
	},
	url: { ...refusedAll(), url: { cell: url }, image: { cell: image } },
	email: refusedAll(),
	phone: { ...refusedAll(), text: { cell: "12.50" } },
	number: { ...refusedAll(), text: { cell: 12.5 }, number: { cell: 3 }, currency: { cell: 4.99 } },
	currency: { ...refusedAll(), text: { cell: 12.5 }, number: { cell: 3 }, currency: { cell: 4.99 } },
	percent: { ...refusedAll(), text: { cell: 12.5 }, number: { cell: 3 }, currency: { cell: 4.99 } },
	rating: { ...refusedAll(), number: { cell: 3 } },
	duration: { ...refusedAll(), text: { cell: 12.5 }, number: { cell: 3 } },
	boolean: { ...refusedAll(), boolean: { cell: true } },
	date: { ...refusedAll(), date: { cell: "2026-01-02" } },
	datetime: { ...refusedAll(), date: { cell: "2026-01-03T04:30:00.000Z" } },
	select: {
		text: { cell: "12.50" },
		markdown: { cell: "# Title **bold**" },
		url: { cell: url },
		image: { cell: image },
		date: { cell: instant },
		number: { cell: "3" },
		boolean: { cell: "Yes" },
		currency: { cell: "4.99 EUR" },
		list: no,
	},
	multi_select: {
		text: { cell: ["12.50"] },
		markdown: { cell: ["# Title **bold**"] },
		url: { cell: [url] },
		image: { cell: [image] },
		date: { cell: [instant] },
		number: { cell: ["3"] },
		boolean: { cell: ["Yes"] },
		currency: { cell: ["4.99 EUR"] },
		list: { cell: ["design", "paper"] },
	},
	attachment: { ...refusedAll(), url: { cell: [{ url }] }, image: { cell: [{ url: image }] } },
	link: {
		...refusedAll(),
		text: { cell: ["12.50"] },
		markdown: { cell: ["# Title **bold**"] },
		url: { cell: [url] },
		image: { cell: [image] },
		date: { cell: [instant] },
		number: { cell: ["3"] },
		list: { cell: ["design", "Paper"] },
	},
	unsupported: refusedAll(),
};

function refusedAll(): Record<FieldType, Cell> {
	return { text: no, markdown: no, url: no, image: no, date: no, number: no, boolean: no, currency: no, list: no };
}

function column(type: ColumnType): TableField {
	const options = type === "select" || type === "multi_select" ? { options: ["paper", "Red"] } : {};
	return {
		id: "fld1",
		name: "Column",
		type,
		providerType: type,
		writable: true,
		matchable: false,
		...options,
	};
}

const rows = Object.entries(expected).flatMap(([type, byValue]) =>
	Object.entries(byValue).map(([valueType, cell]) => ({
		type: type as ColumnType,
		valueType: valueType as FieldType,
		cell,
	})),
);

describe("CON-2: every kind of value in every kind of column", () => {
	test.each(rows)("$valueType in $type", ({ type, valueType, cell }) => {
		const result = coerce(samples[valueType], column(type));
		if (cell === "refused") expect(result).toMatchObject({ ok: false, message: expect.stringContaining("“Column”") });
		else expect(result).toEqual({ ok: true, ...cell });
	});
});
