import type { Cutter } from "./pieces.ts";
import type { Units } from "./units.ts";

/** The first whole pieces of what is there; one that is given up is left out. Pure. */
export function samplePieces(
	units: Units,
	cutter: Cutter,
	{ from = 0, isAll, atMost }: { from?: number; isAll: boolean; atMost: number },
): Units[] {
	const pieces: Units[] = [];
	let at: number | null = from;
	while (at !== null && pieces.length < atMost) {
		const cut = cutter(units, at, isAll);
		if (cut.kind === "end" || cut.kind === "more") break;
		if (cut.kind === "piece") pieces.push(units.subarray(cut.start, cut.end));
		at = cut.next;
	}
	return pieces;
}
