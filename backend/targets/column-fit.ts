import type { TableField } from "../contract/connections.ts";
import type { FieldType, FieldValue } from "../contract/fields.ts";
import type { TransformStep } from "../contract/transforms.ts";
import { applyTransform } from "./transforms/apply-transform.ts";

export type CapturedField = { name: string; type: FieldType };

/** `fit` from 1 (can take it) to 3 (made for it); `reads` is what the value is, once `steps` have read it. */
export type Fit = { fit: number; reads: FieldType; steps: TransformStep[] };

/** How well a column's type takes a field's, from 0 (not at all) to 3 (made for it). What is not listed is 0. */
const typeFit: Readonly<Record<FieldType, Partial<Record<TableField["type"], number>>>> = {
	text: { text: 3, long_text: 2, rich_text: 1, select: 1, email: 1, phone: 1 },
	markdown: { rich_text: 3, long_text: 2 },
	url: { url: 3, text: 1, long_text: 1 },
	image: { attachment: 3, url: 2 },
	date: { date: 3, datetime: 3, text: 1 },
	number: { number: 3, rating: 2, duration: 1, percent: 1, currency: 1, text: 1 },
	boolean: { boolean: 3 },
	currency: { currency: 3, number: 2 },
	list: { multi_select: 3, long_text: 2, text: 1 },
};

/** Days as pages write them. */
const datePatterns = ["MMMM D, YYYY", "D MMMM YYYY", "D. MMMM YYYY", "DD.MM.YYYY", "D.M.YYYY", "YYYY/MM/DD"];
/** Of these a day up to the twelfth reads in both orders, and nobody can tell which was meant. */
const eitherOrder = ["D/M/YYYY", "M/D/YYYY"];

/**
 * How well a column takes a field, by its type or by what was captured last: a text that reads as a number, a date or an address counts as one,
 * and one that is a choice of the column as made for it. Null when not at all. Pure.
 */
export function fitOf({ type }: CapturedField, column: TableField, sample: FieldValue | null): Fit | null {
	const readings: Fit[] = [
		{ type, steps: [] },
		...(type === "text" && sample?.type === "text" ? readingsOf(sample) : []),
	].map((reading) => ({ fit: typeFit[reading.type][column.type] ?? 0, reads: reading.type, steps: reading.steps }));
	const best = readings.reduce((one, other) => (other.fit > one.fit ? other : one));
	if (sample?.type === "text" && isChoice(sample.value, column)) return { fit: 3, reads: type, steps: [] };
	return best.fit === 0 ? null : best;
}

type Reading = { type: FieldType; steps: TransformStep[] };

/** What else a text may be. */
function readingsOf(sample: FieldValue): Reading[] {
	const reads = (step: TransformStep) => {
		const result = applyTransform(sample, [step]);
		return result.ok ? (result.value?.type ?? null) : null;
	};
	const number: TransformStep = { kind: "number", decimal: "auto" };
	const amount = reads(number);
	const days = [...datePatterns, ...eitherOrder].filter((pattern) => reads({ kind: "date", pattern }) === "date");
	const [pattern] = eitherOrder.every((order) => days.includes(order)) ? [] : days;
	return [
		...(amount === "number" || amount === "currency" ? [{ type: amount, steps: [number] }] : []),
		...(reads({ kind: "date" }) === "date" ? [{ type: "date" as const, steps: [] }] : []),
		...(pattern === undefined ? [] : [{ type: "date" as const, steps: [{ kind: "date" as const, pattern }] }]),
		...(isWebAddress(sample) ? [{ type: "url" as const, steps: [] }] : []),
	];
}

function isWebAddress({ value }: FieldValue): boolean {
	return typeof value === "string" && /^https?:\/\/\S+$/i.test(value.trim()) && URL.canParse(value.trim());
}

function isChoice(text: string, { type, options = [] }: TableField): boolean {
	const named = text.trim().toLowerCase();
	return (type === "select" || type === "multi_select") && options.some((option) => option.toLowerCase() === named);
}
