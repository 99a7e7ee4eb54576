/**
 * `bun e2e/support/run-corpus.ts [--write] [part of a name …]`: shows, per pair of the capture corpus, what is wrong with
 * what the capture makes of it. With `--write` it settles fixtures/unmet.json and fixtures/score.json: what is met by now is
 * struck off; a shown pair without a line gets one with everything it is not met in. A line never grows: that is a regression.
 * A pair whose expected file had a mistake starts anew once its line is taken out.
 */
import { writeFileSync } from "node:fs";
import type { CaptureReply } from "../../extension/capture/draft.ts";
import {
	capturePair,
	judge,
	type Outcome,
	type Pair,
	readCorpus,
	readUnmet,
	unmetFile,
	wrongNames,
} from "../../extension/capture/test-corpus.ts";
import { dropped, readBaseline, scoreFile, scoreOf } from "../../extension/capture/test-score.ts";
import { installed, runCommand } from "./run-command.ts";

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));

type Judged = { pair: Pair; reply: CaptureReply; outcomes: Outcome[] };

const judged: Judged[] = readCorpus().map((pair) => {
	const reply = capturePair(pair);
	return { pair, reply, outcomes: judge(pair, reply) };
});

function printWrong({ pair, reply, outcomes }: Judged): void {
	const wrong = outcomes.filter(({ right }) => !right);
	if (wrong.length === 0) return;
	console.log(pair.name);
	for (const { name } of wrong) {
		const got = reply.ok && (name === "kind" ? reply.draft.kind : reply.draft.fields[name]?.value);
		console.log(`  ${name}: wants ${JSON.stringify(wanted(pair, name))}, got ${JSON.stringify(got)}`);
	}
}

function wanted({ expected }: Pair, name: string): unknown {
	if (name === "kind") return expected.kind;
	return name.startsWith("from:") ? expected.provenance?.[name.slice(5)] : expected.fields[name];
}

/** The line of a pair after this run: shorter, or new; a pair that somebody else is writing at this moment has none. */
function settledLine({ pair, outcomes }: Judged): [string, string[]][] {
	const wrong = wrongNames(outcomes);
	const line = unmet[pair.name]?.filter((name) => wrong.includes(name));
	if (line !== undefined) return [[pair.name, line]];
	return isShown(pair) ? [[pair.name, wrong]] : [];
}

/** Writes both files, unless the capture got worse on pairs that were there before. */
async function settle(): Promise<void> {
	const known = judged.filter(({ pair }) => Object.hasOwn(unmet, pair.name));
	const lines = Object.fromEntries(judged.flatMap(settledLine));
	const scored = judged.filter(({ pair }) => Object.hasOwn(lines, pair.name));
	const worse = dropped(scoreOf(known.map(({ outcomes }) => outcomes)), readBaseline());
	if (worse.length > 0 && known.length === readBaseline().pairs) {
		console.error(`Not written, for it is worse than the baseline: ${worse.join(", ")}.`);
		process.exit(1);
	}
	writeFileSync(unmetFile, JSON.stringify(lines));
	writeFileSync(scoreFile, JSON.stringify(scoreOf(scored.map(({ outcomes }) => outcomes))));
	const files = [unmetFile, scoreFile].map(({ pathname }) => pathname);
	await runCommand([installed("biome"), "format", "--write", ...files]);
}

const unmet = readUnmet();
const isShown = ({ name }: Pair): boolean => words.length === 0 || words.some((word) => name.includes(word));
for (const each of judged) if (isShown(each.pair)) printWrong(each);
if (process.argv.includes("--write")) await settle();
