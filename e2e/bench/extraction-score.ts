import { capturePair, judge, readScored } from "../../extension/capture/test-corpus.ts";
import { precision, readBaseline, recall, type Score, scoreOf } from "../../extension/capture/test-score.ts";
import { type Figure, figure, type Measurement } from "./figure.ts";

/** What the capture gets right on the corpus in extension/capture/fixtures, per kind of field, beside the baseline. */
export const extractionScore: Measurement = {
	name: "extraction-score",
	measure: async (): Promise<Figure[]> => {
		const { pairs, fieldKinds } = scoreOf(readScored().map((pair) => judge(pair, capturePair(pair))));
		const baseline = readBaseline();
		// Pairs that the baseline has not seen may be harder: then it is only reported beside.
		const bound = pairs === baseline.pairs;
		return Object.entries(fieldKinds).flatMap(([kind, score]) => {
			const before = bound ? baseline.fieldKinds[kind] : undefined;
			return [
				shareOf(score, { kind, of: "precision", share: precision, before }),
				shareOf(score, { kind, of: "recall", share: recall, before }),
			];
		});
	},
};

type Share = {
	kind: string;
	of: "precision" | "recall";
	share: (score: Score) => number;
	before: Score | undefined;
};

function shareOf(score: Score, { kind, of, share, before }: Share): Figure {
	return figure({
		id: `extraction-${kind}-${of}`,
		title: `Extraction of ${kind}: ${of} over the corpus`,
		unit: "ratio",
		rounds: [share(score)],
		...(before === undefined ? {} : { goal: { atLeast: roundedDown(share(before)) } }),
		details: {
			right: score.right,
			[of === "precision" ? "found" : "expected"]: of === "precision" ? score.found : score.expected,
		},
	});
}

/** Three decimals, as the table prints them. */
const roundedDown = (ratio: number): number => Math.floor(ratio * 1_000) / 1_000;
