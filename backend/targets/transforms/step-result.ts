import type { FieldValue } from "../../contract/fields.ts";
import type { TransformStep } from "../../contract/transforms.ts";

export type StepKind = TransformStep["kind"];
export type StepOf<Kind extends StepKind> = Extract<TransformStep, { kind: Kind }>;

/** What a step makes of a value, or why it cannot read it, as a clause: “may be 1234 or 1.234”. */
export type StepResult = { ok: true; value: FieldValue | null } | { ok: false; why: string };

export type StepRule<Kind extends StepKind> = {
	/** As a person knows the step. */
	title: string;
	/** Why the step cannot be saved, as a sentence; null when it can. */
	check(step: StepOf<Kind>): string | null;
	/** @param value with something in it */
	apply(value: FieldValue, step: StepOf<Kind>): StepResult;
};

export function became(value: FieldValue | null): StepResult {
	return { ok: true, value };
}

export function unread(why: string): StepResult {
	return { ok: false, why };
}

/** What a value would say in a sentence, cut short. */
export function shown({ type, value }: FieldValue): string {
	const text = type === "currency" ? `${value.amount} ${value.currency}` : [value].flat().map(String).join(", ");
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Missing, or nothing but space. */
export function isEmpty(value: FieldValue | null): boolean {
	if (value === null) return true;
	if (typeof value.value === "string") return value.value.trim() === "";
	return Array.isArray(value.value) && value.value.length === 0;
}
