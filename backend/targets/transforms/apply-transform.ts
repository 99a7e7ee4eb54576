import type { FieldValue } from "../../contract/fields.ts";
import type { TransformStep } from "../../contract/transforms.ts";
import { isEmpty, type StepKind, type StepOf, type StepResult, type StepRule, shown } from "./step-result.ts";
import { stepRules } from "./step-rules.ts";

/** `step` is the place of the one that cannot read what reached it, `title` its name, `said` that value, `why` a clause about it. */
export type Transformed =
	| { ok: true; value: FieldValue | null }
	| { ok: false; step: number; title: string; said: string; why: string };

/** A value after a chain of steps; null in and out is no value. Pure. */
export function applyTransform(value: FieldValue | null, steps: readonly TransformStep[]): Transformed {
	let current = value;
	for (const [place, step] of steps.entries()) {
		const result = applyStep(current, step);
		if (!result.ok) {
			const said = current === null ? "" : shown(current);
			return { ok: false, step: place, title: stepRules[step.kind].title, said, why: result.why };
		}
		current = result.value;
	}
	return { ok: true, value: current };
}

function applyStep(value: FieldValue | null, step: TransformStep): StepResult {
	if (value === null || isEmpty(value)) return { ok: true, value: step.kind === "default" ? step.value : value };
	return applyKind(value, step);
}

function applyKind<Kind extends StepKind>(value: FieldValue, step: StepOf<Kind> & { kind: Kind }): StepResult {
	const rule: StepRule<Kind> = stepRules[step.kind];
	return rule.apply(value, step);
}

/** The first step that could not be saved, and why as a sentence; null when all can. */
export function checkTransform(steps: readonly TransformStep[]): { step: number; why: string } | null {
	for (const [step, each] of steps.entries()) {
		const why = checkKind(each);
		if (why !== null) return { step, why };
	}
	return null;
}

function checkKind<Kind extends StepKind>(step: StepOf<Kind> & { kind: Kind }): string | null {
	const rule: StepRule<Kind> = stepRules[step.kind];
	return rule.check(step);
}
