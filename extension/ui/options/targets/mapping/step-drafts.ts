import type { FieldValue } from "../../../../../backend/contract/fields.ts";
import type { MappingEntry } from "../../../../../backend/contract/targets.ts";
import type { TransformStep } from "../../../../../backend/contract/transforms.ts";
import { toFormValue } from "../../../record/form-values.ts";
import type { FormValue } from "../../../record/input-kinds.ts";
import { stepWords } from "../../../words/steps.ts";
import { escapedPattern, plainText } from "./plain-pattern.ts";
import { readChosen } from "./read-chosen.ts";

/** A step while it is edited; unlike `TransformStep` it can be half-typed. */
export type StepDraft =
	| Exclude<TransformStep, { kind: "regex" | "map" | "default" }>
	| ReplaceDraft
	| { kind: "map"; pairs: readonly SwapPair[] }
	| { kind: "default"; form: FormValue; original?: FieldValue };

/**
 * `byPattern` false: `find` is the text itself, and whoever types it needs to know nothing of patterns. `rareFlags` are those the
 * editor has no box for; they stay as they are.
 */
export type ReplaceDraft = {
	kind: "regex";
	find: string;
	replace: string;
	byPattern: boolean;
	ignoreCase: boolean;
	rareFlags: string;
};
export type SwapPair = readonly [text: string, becomes: string];
export type StepKind = TransformStep["kind"];

/** The most steps a value goes through (contract). */
export const maxSteps = 10;

/** @param columnType of the column it leads to: what stands in when there is no value is typed in that column's input */
export function toStepDrafts(transform: MappingEntry["transform"], columnType: string): StepDraft[] {
	if (transform === undefined || transform === "none") return [];
	return transform.map((step) => toStepDraft(step, columnType));
}

function toStepDraft(step: TransformStep, columnType: string): StepDraft {
	switch (step.kind) {
		case "regex": {
			const { pattern, replace, flags = "" } = step;
			const text = plainText(pattern, replace);
			const read = { ignoreCase: flags.includes("i"), rareFlags: flags.replaceAll("i", "") };
			return text === null
				? { kind: "regex", find: pattern, replace, byPattern: true, ...read }
				: { kind: "regex", ...text, byPattern: false, ...read };
		}
		case "map":
			return { kind: "map", pairs: Object.entries(step.values) };
		case "default":
			return { kind: "default", form: toFormValue(step.value, { type: columnType }), original: step.value };
		default:
			return step;
	}
}

/** A step as it is added: with what is usual, so that most need nothing more. */
export function newStep(kind: StepKind, columnType: string): StepDraft {
	switch (kind) {
		case "regex":
			return { kind, find: "", replace: "", byPattern: false, ignoreCase: false, rareFlags: "" };
		case "number":
			return { kind, decimal: "auto" };
		case "split":
			return { kind, separator: "," };
		case "join":
			return { kind, separator: ", " };
		case "map":
			return { kind, pairs: [["", ""]] };
		case "default":
			return { kind, form: toFormValue(undefined, { type: columnType }) };
		default:
			return { kind };
	}
}

export type ReadStep = { ok: true; step: TransformStep } | { ok: false; message: string };

/** The step as the API takes it, or the sentence to show beside it. */
export function readStep(draft: StepDraft): ReadStep {
	switch (draft.kind) {
		case "regex":
			return draft.find === "" ? unfinished(stepWords.problems.find) : { ok: true, step: replaceStep(draft) };
		case "split":
			return draft.separator === "" ? unfinished(stepWords.problems.separator) : { ok: true, step: draft };
		case "map": {
			const pairs = draft.pairs.filter(([text]) => text !== "");
			const values = Object.fromEntries(pairs);
			return pairs.length === 0 ? unfinished(stepWords.problems.pairs) : { ok: true, step: { kind: "map", values } };
		}
		case "default": {
			const read = readChosen(draft.form, draft.original);
			if (!read.ok) return unfinished(read.message);
			if (read.value === null) return unfinished(stepWords.problems.standIn);
			return { ok: true, step: { kind: "default", value: read.value } };
		}
		default:
			return { ok: true, step: draft };
	}
}

/** All steps that can be read, in their order. */
export function readSteps(drafts: readonly StepDraft[]): TransformStep[] {
	return drafts.map(readStep).flatMap((read) => (read.ok ? [read.step] : []));
}

function replaceStep({ find, replace, byPattern, ignoreCase, rareFlags }: ReplaceDraft): TransformStep {
	const [pattern, by] = byPattern ? [find, replace] : escapedPattern(find, replace);
	const flags = (ignoreCase ? "i" : "") + rareFlags;
	return { kind: "regex", pattern, replace: by, ...(flags === "" ? {} : { flags }) };
}

function unfinished(message: string): ReadStep {
	return { ok: false, message };
}

/** The same steps with one changed, or without it (null). */
export function withStep(steps: readonly StepDraft[], at: number, step: StepDraft | null): StepDraft[] {
	return step === null ? steps.toSpliced(at, 1) : steps.with(at, step);
}

/** The same steps with one done before the one it followed. */
export function movedUp(steps: readonly StepDraft[], at: number): StepDraft[] {
	const step = steps[at];
	return step === undefined || at === 0 ? [...steps] : steps.toSpliced(at, 1).toSpliced(at - 1, 0, step);
}
