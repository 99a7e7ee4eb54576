import { expect, test } from "bun:test";
import type { TableField } from "../contract/connections.ts";
import type { FieldValue } from "../contract/fields.ts";
import { messageTable } from "./message-columns.ts";
import { coerceForMessage } from "./message-values.ts";

const { fields } = messageTable("Requests", { id: "requests", name: "example.org" });

function column(name: string): TableField {
	return fields.find(({ id }) => id === name) ?? { ...text, id: name, name, providerType: "any" };
}

const text: TableField = { id: "", name: "", type: "text", providerType: "text", writable: true, matchable: true };

const taken: readonly [name: string, value: FieldValue, cell: unknown][] = [
	["title", { type: "text", value: " as it is " }, " as it is "],
	["title", { type: "list", value: [" a ", "", "b"] }, "a, b"],
	["title", { type: "boolean", value: false }, "No"],
	["price", { type: "currency", value: { amount: 12.5, currency: "EUR" } }, 12.5],
	["price", { type: "text", value: "-3.25" }, -3.25],
	["tags", { type: "list", value: ["a", " "] }, ["a"]],
	["tags", { type: "text", value: "one" }, ["one"]],
	["remote", { type: "boolean", value: true }, true],
	["starts", { type: "date", value: "2026-05-01T19:00" }, "2026-05-01T19:00"],
	["starts", { type: "date", value: "2026-05-01" }, "2026-05-01"],
	["starts", { type: "date", value: "2026-05-01T19:00+02:00" }, "2026-05-01T17:00:00.000Z"],
	["Seats", { type: "number", value: 4 }, 4],
	["Seats", { type: "list", value: ["4A", "4B"] }, ["4A", "4B"]],
	["Seats", { type: "boolean", value: false }, false],
	["body", { type: "markdown", value: "  " }, null],
	["tags", { type: "list", value: [" "] }, null],
];

test.each(taken)("CON-2: %s takes %j as %j", (name, value, cell) => {
	expect(coerceForMessage(value, column(name))).toEqual({ ok: true, cell });
});

const refused: readonly [name: string, value: FieldValue][] = [
	["price", { type: "text", value: "1,299" }],
	["price", { type: "boolean", value: true }],
	["remote", { type: "text", value: "Yes" }],
	["deadline", { type: "date", value: "2026-02-30" }],
	["deadline", { type: "text", value: "tomorrow" }],
	["starts", { type: "text", value: "soon" }],
	["starts", { type: "date", value: "2026-05-01T99:00Z" }],
];

test.each(refused)("CON-2: %s does not guess at %j, and says so", (name, value) => {
	const result = coerceForMessage(value, column(name));
	expect(result.ok ? "" : result.message).toMatch(/^“\w+” takes .+\. Edit the record/);
});
