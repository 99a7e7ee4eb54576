import type { Table, TableField } from "../../../../backend/contract/connections.ts";
import type { TargetCreate, TargetSuggestion, TargetView } from "../../../../backend/contract/targets.ts";
import {
	type MappingDraft,
	type MappingProblem,
	mappingProblem,
	toConstants,
	toMapping,
	toMappingDraft,
} from "./mapping/mapping-draft.ts";
import { type Policies, toFieldPolicies } from "./policy-editor.ts";
import { type Rhythm, type RhythmProblem, rhythmProblem } from "./schedule-editor.ts";

/** A target while it is put together or changed. */
export type TargetDraft = {
	name: string;
	rhythm: Rhythm;
	/** Whether what is captured for it waits in the inbox until somebody lets it go. */
	review: boolean;
	mapping: MappingDraft;
	policies: Policies;
};
export type TargetProblem = MappingProblem | RhythmProblem | "no-name";

/** What the API takes at most. */
export const maxNameLength = 80;

/** A new target as suggested: named after its table, sending at every capture. */
export function draftFromSuggestion(table: Table, suggestion: TargetSuggestion): TargetDraft {
	return {
		name: table.name.slice(0, maxNameLength),
		rhythm: { frequency: "on_capture", schedule: null },
		review: false,
		policies: { policy: "overwrite", columns: {} },
		mapping: toMappingDraft(suggestion, table.fields),
	};
}

/** @param columns of its table as they are now; none when the table is gone */
export function draftFromTarget(target: TargetView, columns: readonly TableField[]): TargetDraft {
	const { name, frequency, schedule, review = false, conflictPolicy, fieldPolicies } = target;
	return {
		name,
		rhythm: { frequency, schedule: schedule ?? null },
		review,
		policies: { policy: conflictPolicy, columns: fieldPolicies ?? {} },
		mapping: toMappingDraft(target, columns),
	};
}

/** Null when it can be saved. */
export function targetProblem(draft: TargetDraft): TargetProblem | null {
	return mappingProblem(draft.mapping) ?? rhythmProblem(draft.rhythm) ?? (draft.name.trim() === "" ? "no-name" : null);
}

/** The settings as the API takes them. */
export function toTargetSettings({ name, rhythm, review, mapping, policies }: TargetDraft) {
	return {
		name: name.trim(),
		mapping: toMapping(mapping),
		constants: toConstants(mapping),
		matchKey: mapping.matchKey,
		...rhythm,
		review,
		conflictPolicy: policies.policy,
		fieldPolicies: toFieldPolicies(policies, mapping),
	} satisfies Partial<TargetCreate>;
}
