import type { FieldType } from "../../../../../backend/contract/fields.ts";
import type { MappingDraft, MappingLine } from "./mapping-draft.ts";

/**
 * Lines that bring a captured address, as it is, to a column that rows are told apart by: the same page has many addresses, and each
 * would be a row of its own.
 */
export function untidied(draft: MappingDraft, typeOf: (field: string) => FieldType | undefined): MappingLine[] {
	return draft.lines.filter(({ to, source }) => {
		if (source.kind !== "field" || !draft.matchKey.includes(to)) return false;
		return typeOf(source.name) === "url" && !source.steps.some(({ kind }) => kind === "url");
	});
}

/** The same draft with that line's address tidied, after all that is done to it already. */
export function tidied(draft: MappingDraft, key: number): MappingDraft {
	const lines = draft.lines.map((line) => {
		if (line.key !== key || line.source.kind !== "field") return line;
		return { ...line, source: { ...line.source, steps: [...line.source.steps, { kind: "url" } as const] } };
	});
	return { ...draft, lines };
}
