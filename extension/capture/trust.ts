import type { FieldProvenance, ProvenanceSource } from "../../backend/contract/provenance.ts";
import { cleanLine } from "./values/text.ts";

/**
 * The sources of values, most trusted first, each with the confidence that a value of it usually deserves: what people and their
 * pointing say, then data made for machines, then data made for sharing cards, then what only looks like the thing.
 */
export const usualConfidence: Readonly<Record<ProvenanceSource, number>> = {
	typed: 1,
	selection: 1,
	selector: 0.97,
	"json-ld": 0.95,
	microdata: 0.93,
	rdfa: 0.92,
	table: 0.9,
	"open-graph": 0.8,
	twitter: 0.78,
	meta: 0.75,
	link: 0.7,
	content: 0.55,
	page: 0.4,
};

const inOrder = Object.keys(usualConfidence);

/** How much a source is trusted: a lower number wins, and among equals the first to speak. */
export const rankOf = (source: ProvenanceSource): number => inOrder.indexOf(source);

/** Whether it names a source (an own key: `constructor` does not). */
export const isProvenanceSource = (name: string): name is ProvenanceSource => Object.hasOwn(usualConfidence, name);

/** Where an offer comes from: a source by its name, or with the place in it and how sure it is when that is not the usual. */
export type Origin = ProvenanceSource | { from: ProvenanceSource; path?: string; confidence?: number };

/** The same with its source by name. */
export const sourceOf = (origin: Origin): Exclude<Origin, string> =>
	typeof origin === "string" ? { from: origin } : origin;

/** The wire's bound (backend/contract/provenance.ts): a page may name its places at any length. */
const pathChars = 200;

export const provenanceOf = (origin: Origin): FieldProvenance => {
	const { from, path: written = "", confidence = usualConfidence[from] } = sourceOf(origin);
	const path = cleanLine(written, pathChars);
	return path === "" ? { from, confidence } : { from, path, confidence };
};
