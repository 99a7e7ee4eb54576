import { RE2JS, RE2JSException } from "re2js";
import { type Replacement, replacementOf } from "./replacement.ts";
import { type StepOf, type StepRule, unread } from "./step-result.ts";
import { changeTexts, textOf } from "./text-values.ts";

/**
 * Matching takes a time that grows with pattern × text, so both are bounded: a pattern of this many instructions, and this many of them times
 * characters, which is about a fifth of a second.
 */
const maxInstructions = 250;
const maxWork = 20_000_000;
/** What replacing may make of a text, before it is held against what a record holds. */
const maxResultLength = 400_000;

/** Compiled once for all rows of a batch. */
const maxCompiled = 200;
const compiledBefore = new Map<string, Compiled>();

type Compiled = { ok: true; pattern: RE2JS; replacement: Replacement } | { ok: false; why: string };

export const regex: StepRule<"regex"> = {
	title: "Find and replace",
	check: (step) => {
		const compiled = compile(step);
		return compiled.ok ? null : compiled.why;
	},
	apply: (value, step) => {
		const compiled = compile(step);
		if (!compiled.ok) return unread("met a pattern that cannot be used");
		const length = value.type === "list" ? value.value.join("").length : (textOf(value) ?? "").length;
		if (length * compiled.pattern.programSize() > maxWork) return unread("is too long a text for this pattern");
		return changeTexts(value, (text) => replaceAll(text, compiled));
	},
};

function compile(step: StepOf<"regex">): Compiled {
	const key = JSON.stringify([step.pattern, step.flags ?? "", step.replace]);
	const known = compiledBefore.get(key);
	if (known !== undefined) return known;
	const compiled = compileNew(step);
	if (compiledBefore.size >= maxCompiled) compiledBefore.clear();
	compiledBefore.set(key, compiled);
	return compiled;
}

function compileNew({ pattern: source, flags = "", replace }: StepOf<"regex">): Compiled {
	let pattern: RE2JS;
	try {
		pattern = RE2JS.compile(source, flagsOf(flags));
	} catch (error) {
		if (!(error instanceof RE2JSException)) throw error;
		const why = `The pattern “${source}” cannot be used: look-arounds, references back (\\1) and repetitions of more than 1,000 are not known here.`;
		return { ok: false, why };
	}
	if (pattern.programSize() > maxInstructions) {
		return { ok: false, why: `The pattern “${source}” is too large. Use smaller repetitions.` };
	}
	const replacement = replacementOf(replace, pattern);
	if (typeof replacement === "string") {
		return { ok: false, why: `The replacement names the group “${replacement}”, which the pattern does not have.` };
	}
	return { ok: true, pattern, replacement };
}

function flagsOf(flags: string): number {
	return (
		(flags.includes("i") ? RE2JS.CASE_INSENSITIVE : 0) |
		(flags.includes("m") ? RE2JS.MULTILINE : 0) |
		(flags.includes("s") ? RE2JS.DOTALL : 0)
	);
}

/** Null when the result would be too long: a replacement of 500 characters for each of 100,000 is not even made. */
function replaceAll(text: string, { pattern, replacement }: Extract<Compiled, { ok: true }>): string | null {
	const matcher = pattern.matcher(text);
	const pieces: string[] = [];
	let [end, length] = [0, text.length];
	while (matcher.find()) {
		const put = replacement.map((part) => (typeof part === "string" ? part : (matcher.group(part) ?? "")));
		pieces.push(text.slice(end, matcher.start()), ...put);
		end = matcher.end();
		length += put.reduce((sum, piece) => sum + piece.length, 0);
		if (length - end > maxResultLength) return null;
	}
	return end === 0 && pieces.length === 0 ? text : pieces.join("") + text.slice(end);
}
