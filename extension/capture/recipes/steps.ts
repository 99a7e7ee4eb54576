import type { RecipeStep } from "../../../backend/contract/recipes.ts";
import { withoutTracking } from "../normal-url.ts";
import { parseAmount } from "../values/number.ts";

/** What a step is given and gives: a text, its parts, or a number. */
export type Stepped = string | readonly string[] | number;

/** The steps in order, or null where one of them cannot read what it is given. */
export function applySteps(raw: string, steps: readonly RecipeStep[]): Stepped | null {
	let value: Stepped = raw;
	for (const step of steps) {
		const next = applyStep(value, step);
		if (next === null) return null;
		value = next;
	}
	return value;
}

function applyStep(value: Stepped, step: RecipeStep): Stepped | null {
	if (typeof value === "number") return value;
	if (typeof value !== "string") return step.kind === "trim" ? value.map((part) => part.trim()) : null;
	switch (step.kind) {
		case "trim":
			return value.trim();
		case "number":
			return readNumber(value, step.decimal);
		case "url":
			return URL.canParse(value) ? withoutTracking(value) : null;
		case "split":
			return splitText(value, step);
	}
}

/** The other sign only groups digits: it is dropped. `auto` leaves it to where the signs stand. */
function readNumber(text: string, decimal: "." | "," | "auto"): number | null {
	if (decimal === "auto") return parseAmount(text);
	const digits = /[-−]?\d[\d.,\s'’]*/.exec(text)?.[0];
	if (digits === undefined) return null;
	const plain = digits.replaceAll(decimal === "." ? "," : ".", "").replace(/[\s'’]/g, "");
	const value = Number(plain.replace(",", ".").replace("−", "-").replace(/\.$/, ""));
	return Number.isFinite(value) ? value : null;
}

function splitText(text: string, { separator, take }: { separator: string; take?: number }): Stepped | null {
	const parts = text.split(separator).map((part) => part.trim());
	return take === undefined ? parts.filter((part) => part !== "") : (parts.at(take) ?? null);
}
