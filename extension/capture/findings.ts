import type { FieldValue } from "../../backend/contract/fields.ts";
import type { FieldProvenance, Provenance } from "../../backend/contract/provenance.ts";
import { limits } from "./limits.ts";
import { type Origin, provenanceOf, rankOf, sourceOf } from "./trust.ts";
import { cleanLine, cleanText, cut, wellFormed } from "./values/text.ts";
import { isWebAddress } from "./values/url.ts";
import { type FieldName, fieldNames, isFieldName, vocabulary } from "./vocabulary.ts";

type Found = { value: FieldValue; origin: FieldProvenance };

/** What a field may be read as, with its place in the source and how sure that is when it is not the usual. */
export type Located<T extends Value = Value> = { value: T; path: string; confidence?: number };

type Value = string | number | boolean | string[] | { amount: number; currency: string };

/** What may be offered for a field; emptiness in any form is ignored, so that callers need not look first. */
export type Offer = Value | Located | null | undefined;

const textFor = (name: FieldName, raw: string): string => {
	if (name === "title") return cleanLine(raw, limits.titleChars);
	return name === "description" || name === "quote" ? cleanText(raw) : cleanLine(raw, limits.lineChars);
};

const stringValue = (name: FieldName, raw: string): FieldValue | null => {
	const type = vocabulary[name].type;
	if (raw.trim() === "") return null;
	if (type === "text") {
		const value = textFor(name, raw);
		return value === "" ? null : { type, value };
	}
	// Whoever offers it: nothing but a web address leaves a page as one (CAP-6).
	if (type === "url" || type === "image") return isWebAddress(raw) ? { type, value: raw } : null;
	if (type === "date") return { type, value: raw };
	// Markdown keeps its indentation: it is code's.
	return type === "markdown" ? { type, value: cut(wellFormed(raw), limits.bodyChars) } : null;
};

const listValue = (items: string[]): FieldValue | null => {
	const lines = items.map((item) => cleanLine(item, limits.listItemChars)).filter((item) => item !== "");
	const value: string[] = [];
	let left: number = limits.listChars;
	for (const line of [...new Set(lines)].slice(0, limits.listItems)) {
		left -= line.length;
		if (left < 0) break;
		value.push(line);
	}
	return value.length > 0 ? { type: "list", value } : null;
};

const isLocated = (offer: Exclude<Offer, null | undefined>): offer is Located =>
	typeof offer === "object" && "path" in offer;

/** Turns what was read into the value of the field's own type, or null when it is empty or of another type. */
export const toFieldValue = (name: FieldName, offer: Value | null | undefined): FieldValue | null => {
	const type: FieldValue["type"] = vocabulary[name].type;
	if (offer === null || offer === undefined) return null;
	if (typeof offer === "string") return stringValue(name, offer);
	// Profiles are addresses in a list: they too are web addresses or none (CAP-6).
	if (Array.isArray(offer))
		return type === "list" ? listValue(name === "profiles" ? offer.filter(isWebAddress) : offer) : null;
	if (typeof offer === "number") return type === "number" && Number.isFinite(offer) ? { type, value: offer } : null;
	if (typeof offer === "boolean") return type === "boolean" ? { type, value: offer } : null;
	const usable = type === "currency" && Number.isFinite(offer.amount) && /^[A-Z]{3}$/.test(offer.currency);
	return usable ? { type, value: { amount: offer.amount, currency: offer.currency } } : null;
};

/** Collects values per field: of several offers the one from the most trusted source stays. */
export class Findings {
	readonly #found = new Map<FieldName, Found>();
	readonly #settled = new Set<FieldName>();

	offer(name: FieldName, offer: Offer, from: Origin): void {
		if (offer === null || offer === undefined) return;
		const located = isLocated(offer) ? offer : null;
		const origin = provenanceOf(located === null ? from : { ...sourceOf(from), ...located });
		const held = this.#found.get(name);
		if (held !== undefined && (this.#settled.has(name) || rankOf(held.origin.from) <= rankOf(origin.from))) return;
		const value = toFieldValue(name, isLocated(offer) ? offer.value : offer);
		if (value !== null) this.#found.set(name, { value, origin });
	}

	/** The same, where a reading of the page is surer than its data: it takes the place of whatever is there. */
	correct(name: FieldName, offer: Offer, from: Origin): void {
		this.#found.delete(name);
		this.#settled.delete(name);
		this.offer(name, offer, from);
	}

	/** Several fields from one source. */
	offerAll(offers: Partial<Record<FieldName, Offer>>, from: Origin): void {
		for (const [name, offer] of Object.entries(offers)) if (isFieldName(name)) this.offer(name, offer, from);
	}

	/** What has been found so far stays: later offers only fill what is missing. */
	settle(): void {
		for (const name of this.#found.keys()) this.#settled.add(name);
	}

	value(name: FieldName): FieldValue | undefined {
		return this.#found.get(name)?.value;
	}

	origin(name: FieldName): FieldProvenance | undefined {
		return this.#found.get(name)?.origin;
	}

	/** Fields in the vocabulary's order with where each came from. */
	result(): { fields: Record<string, FieldValue>; provenance: Provenance } {
		const entries = fieldNames.flatMap((name) => {
			const found = this.#found.get(name);
			return found === undefined ? [] : [[name, found] as const];
		});
		return {
			fields: Object.fromEntries(entries.map(([name, found]) => [name, found.value])),
			provenance: Object.fromEntries(entries.map(([name, found]) => [name, found.origin])),
		};
	}
}
