import type { Table } from "../../../../backend/contract/connections.ts";
import type { Frequency, TargetCreate, TargetSuggestion, TargetView } from "../../../../backend/contract/targets.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { listedFields } from "./captured-fields.ts";
import { type MappingDraft, type MappingProblem, mappingProblem, toMapping, toMappingDraft } from "./mapping-editor.ts";

/** A target while it is put together or changed. */
export type TargetDraft = { name: string; frequency: Frequency; mapping: MappingDraft };
export type TargetProblem = MappingProblem | "no-name";

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
		frequency: "on_capture",
		mapping: toMappingDraft(listedFields(mapping, recent), mapping, matchKey),
	};
}

export function draftFromTarget(target: TargetView, recent: readonly LocalRecord[]): TargetDraft {
	const { name, frequency, mapping, matchKey } = target;
	return { name, frequency, mapping: toMappingDraft(listedFields(mapping, recent), mapping, matchKey) };
}

/** Null when it can be saved. */
export function targetProblem(draft: TargetDraft): TargetProblem | null {
	return mappingProblem(draft.mapping) ?? (draft.name.trim() === "" ? "no-name" : null);
}

/** The settings as the API takes them. */
export function toTargetSettings({ name, frequency, mapping }: TargetDraft) {
	return {
		name: name.trim(),
		mapping: toMapping(mapping),
		matchKey: mapping.matchKey,
		frequency,
		conflictPolicy: "overwrite",
	} satisfies Partial<TargetCreate>;
}
