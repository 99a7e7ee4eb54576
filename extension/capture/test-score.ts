/** Precision and recall over the corpus, per kind of field, and the baseline in fixtures/score.json. */
import { readFileSync } from "node:fs";
import { corpusFolder, type Outcome } from "./test-corpus.ts";
import { isFieldName, vocabulary } from "./vocabulary.ts";

/** How many values the pairs ask for, how many the capture gave, how many of these are right. */
export type Score = { expected: number; found: number; right: number };

/** The score of each field kind, over so many pairs. */
export type CorpusScore = { pairs: number; fieldKinds: Record<string, Score> };

export const scoreFile = new URL("score.json", corpusFolder);

export const readBaseline = (): CorpusScore => JSON.parse(readFileSync(scoreFile, "utf8")) as CorpusScore;

/** Fields that are hard for the same reason are counted together. The rest of a type goes by the type's name. */
const together: Record<string, readonly string[]> = {
	site: ["siteName", "language"],
	author: ["author", "authors", "seller", "organiser", "owner", "company"],
	rating: ["rating", "ratingCount"],
	duration: ["prepMinutes", "cookMinutes", "totalMinutes", "durationMinutes"],
	place: ["address", "location", "latitude", "longitude"],
	contact: ["email", "phone", "website", "profiles"],
	section: ["section", "category", "tags"],
	steps: ["ingredients", "instructions"],
};
const alone = new Set(["kind", "title", "url", "description", "image", "body", "quote"]);

/** `publishd` of a typo is no field kind of its own: it is counted under `unknown`. */
const fieldKindOf = (name: string): string => {
	if (name.startsWith("from:")) return "provenance";
	if (alone.has(name)) return name;
	if (name === "currency") return "price";
	const group = Object.entries(together).find(([, names]) => names.includes(name));
	if (group !== undefined) return group[0];
	if (!isFieldName(name)) return "unknown";
	const type: string = vocabulary[name].type;
	return type === "currency" ? "price" : type;
};

export const scoreOf = (judged: readonly (readonly Outcome[])[]): CorpusScore => {
	const scores = new Map<string, Score>();
	for (const { name, ...outcome } of judged.flat()) {
		const kind = fieldKindOf(name);
		const score = scores.get(kind) ?? { expected: 0, found: 0, right: 0 };
		score.expected += Number(outcome.expected);
		score.found += Number(outcome.found);
		score.right += Number(outcome.right);
		scores.set(kind, score);
	}
	const byName = [...scores].toSorted(([one], [other]) => one.localeCompare(other, "en"));
	return { pairs: judged.length, fieldKinds: Object.fromEntries(byName) };
};

/** Share of the given values that are right; 1 where none was given. */
export const precision = ({ found, right }: Score): number => (found === 0 ? 1 : right / found);

/** Share of the asked-for values that are right; 1 where none is asked for. */
export const recall = ({ expected, right }: Score): number => (expected === 0 ? 1 : right / expected);

/**
 * The field kinds that are worse than the baseline. Right values never get fewer; the shares are compared over the same
 * number of pairs only, because new pairs are written to be hard.
 */
export const dropped = (now: CorpusScore, baseline: CorpusScore): string[] => {
	const none: Score = { expected: 0, found: 0, right: 0 };
	return Object.entries(baseline.fieldKinds).flatMap(([kind, before]) => {
		const after = now.fieldKinds[kind] ?? none;
		const fewer = after.right < before.right;
		const same = now.pairs === baseline.pairs;
		const lower = same && (precision(after) < precision(before) || recall(after) < recall(before));
		return fewer || lower ? [kind] : [];
	});
};
