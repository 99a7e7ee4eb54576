import { describe, expect, test } from "bun:test";
import type { TableField } from "../../contract/connections.ts";
import { readCell, sheetCell } from "./cells.ts";
import { coerce } from "./coerce.ts";
import { dayOfSerial, instantOfSerial, serialOfDay, serialOfInstant } from "./moments.ts";

function column(type: TableField["type"], more: Partial<TableField> = {}): TableField {
	return { id: "Column", name: "Column", type, providerType: "TEXT", writable: true, matchable: true, ...more };
}
const anything = column("text", { providerType: "ANY" });

describe("CON-2: a value as a person expects to see it", () => {
	test("without a type, each value is what it is", () => {
		expect(coerce({ type: "number", value: 1.5 }, anything)).toEqual({ ok: true, cell: 1.5 });
		expect(coerce({ type: "boolean", value: true }, anything)).toEqual({ ok: true, cell: true });
		expect(coerce({ type: "text", value: "a\nb" }, anything)).toEqual({ ok: true, cell: "a\nb" });
		expect(coerce({ type: "list", value: ["a", " b "] }, anything)).toEqual({ ok: true, cell: "a, b" });
		expect(coerce({ type: "currency", value: { amount: 9.5, currency: "EUR" } }, anything)).toEqual({
			ok: true,
			cell: "9.5 EUR",
		});
		expect(coerce({ type: "text", value: "" }, anything)).toEqual({ ok: true, cell: null });
	});

	test("50,000 characters fit, one more is refused in words", () => {
		expect(coerce({ type: "text", value: "x".repeat(50_000) }, anything).ok).toBe(true);
		expect(coerce({ type: "text", value: "x".repeat(50_001) }, anything)).toMatchObject({
			ok: false,
			message: "“Column” takes up to 50,000 characters; this record has 50,001.",
		});
	});

	test("percents are fractions, choices are those of the column", () => {
		expect(coerce({ type: "text", value: "45.5 %" }, column("percent"))).toEqual({ ok: true, cell: 0.455 });
		const choice = column("select", { options: ["Red"] });
		expect(coerce({ type: "text", value: "red" }, choice)).toEqual({ ok: true, cell: "Red" });
		expect(coerce({ type: "text", value: "Blue" }, choice).ok).toBe(false);
	});

	test("a cell that is not of its column's type is not sent", () => {
		for (const type of ["number", "date", "datetime", "boolean"] as const) {
			expect(sheetCell("nonsense", column(type), "Etc/GMT")).toBeNull();
		}
		expect(sheetCell(null, column("number"), "Etc/GMT")).toEqual({});
	});
});

describe("CON-2: dates are real dates", () => {
	test("days count from the end of 1899", () => {
		expect(serialOfDay("1899-12-31")).toBe(1);
		expect(serialOfDay("2026-01-02")).toBe(46_024);
		expect(dayOfSerial(46_024.75)).toBe("2026-01-02");
	});

	test.each(["America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Etc/GMT", "Nowhere/Unknown"])(
		"an instant shows the clock of the file and comes back: %s",
		(zone) => {
			for (const instant of ["2026-01-03T04:30:00.000Z", "2026-07-01T12:00:00.250Z", "1969-12-31T23:59:59.999Z"]) {
				expect(instantOfSerial(serialOfInstant(instant, zone), zone)).toBe(instant);
			}
		},
	);

	test("in New York half past four in the morning is half past eleven the evening before", () => {
		const serial = serialOfInstant("2026-01-03T04:30:00.000Z", "America/New_York");
		expect(serial).toBeCloseTo(46_024 + 23.5 / 24, 9);
	});

	test("what somebody typed into a date column instead of a date is read as it is", () => {
		expect(readCell("soon", column("date"), "Etc/GMT")).toBe("soon");
		expect(readCell(1e30, column("datetime"), "Etc/GMT")).toBe(1e30);
	});
});
