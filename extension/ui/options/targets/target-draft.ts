import type { Table } from "../../../../backend/contract/connections.ts";
import type { TargetCreate, TargetSuggestion, TargetView } from "../../../../backend/contract/targets.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { listedFields } from "./captured-fields.ts";
import { type MappingDraft, type MappingProblem, mappingProblem, toMapping, toMappingDraft } from "./mapping-editor.ts";
import { type Policies, toFieldPolicies } from "./policy-editor.ts";
import { type Rhythm, type RhythmProblem, rhythmProblem } from "./schedule-editor.ts";

/** A target while it is put together or changed. */
export type TargetDraft = { name: string; rhythm: Rhythm; mapping: MappingDraft; policies: Policies };
export type TargetProblem = MappingProblem | RhythmProblem | "no-name";

/** What the API takes at most. */
export const maxNameLength = 80;

/** A new target as suggested: named after its table, sending at every capture. */
export function draftFromSuggestion(
	table: Table,
	suggestion: TargetSuggestion,
	recent: readonly LocalRecord[],
): TargetDraft {
	const { mapping, matchKey } = suggestion;
	return {
		name: table.name.slice(0, maxNameLength),
		rhythm: { frequency: "on_capture", schedule: null },
		policies: { policy: "overwrite", columns: {} },
		mapping: toMappingDraft(listedFields(mapping, recent), mapping, matchKey),
	};
}

export function draftFromTarget(target: TargetView, recent: readonly LocalRecord[]): TargetDraft {
	const { name, frequency, schedule, mapping, matchKey, conflictPolicy, fieldPolicies } = target;
	return {
		name,
		rhythm: { frequency, schedule: schedule ?? null },
		policies: { policy: conflictPolicy, columns: fieldPolicies ?? {} },
		mapping: toMappingDraft(listedFields(mapping, recent), mapping, matchKey),
	};
}

/** Null when it can be saved. */
export function targetProblem(draft: TargetDraft): TargetProblem | null {
	return mappingProblem(draft.mapping) ?? rhythmProblem(draft.rhythm) ?? (draft.name.trim() === "" ? "no-name" : null);
}

/** The settings as the API takes them. */
export function toTargetSettings({ name, rhythm, mapping, policies }: TargetDraft) {
	return {
		name: name.trim(),
		mapping: toMapping(mapping),
		matchKey: mapping.matchKey,
		...rhythm,
		conflictPolicy: policies.policy,
		fieldPolicies: toFieldPolicies(policies, mapping),
	} satisfies Partial<TargetCreate>;
}
