import type { Table, TableField } from "../../../../../backend/contract/connections.ts";
import type { PreviewProblem, TargetPreview } from "../../../../../backend/contract/targets.ts";
import { errorSentence } from "../../../../i18n/error-sentence.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import type { MappingDraft, MappingLine } from "./mapping-draft.ts";

/** What is wrong with the mapping, in a sentence, and the one thing to press. */
export type Finding = {
	message: string;
	/** The lines it is about; empty when it is about none of them. */
	keys: number[];
	mend: Mend | null;
};

export type Mend =
	| { kind: "make"; column: { name: string; type: TableField["type"] } }
	/** Leads the lines there. */
	| { kind: "use"; column: TableField }
	/** Goes to the line, where another column or value is chosen, or a step is put right. */
	| { kind: "show"; part: "column" | "source" | "steps" }
	| { kind: "take_out" };

/** @param names what columns were called when they were last seen, by their ids */
export type Checked = { draft: MappingDraft; table: Table; names: ReadonlyMap<string, string>; canCreate: boolean };

/** What the check answered, and the draft it was asked about. */
export type Answered = { preview: TargetPreview; draft: MappingDraft };

/**
 * What the check of the table found. Before it has answered, and where it cannot, a column that is gone is found by looking. What it
 * said of a line that was changed since is passed over, and match keys are left to the place where they are chosen.
 */
export function findingsOf(answered: Answered | null, checked: Checked): Finding[] {
	const told = answered === null ? [] : toldFindings(answered, checked);
	const named = new Set(told.flatMap(({ keys }) => keys));
	const unnamed = goneLines(checked).filter(({ key }) => !named.has(key));
	const columns = [...new Set(unnamed.map(({ to }) => to))];
	const seen = columns.map((id) => ({
		message: words.columnGone(checked.names.get(id) ?? id, checked.table.name),
		keys: unnamed.filter(({ to }) => to === id).map(({ key }) => key),
		mend: { kind: "show", part: "column" } satisfies Mend,
	}));
	return [...seen, ...told];
}

function toldFindings({ preview, draft: asked }: Answered, checked: Checked): Finding[] {
	const unchanged = new Set(checked.draft.lines.filter((line) => asked.lines.includes(line)).map(({ key }) => key));
	return preview.problems.flatMap((problem) => {
		if (problem.code === "targets/match-key-invalid") return [];
		const about = keysOf(problem, asked);
		const keys = about.filter((key) => unchanged.has(key));
		if (about.length > 0 && keys.length === 0) return [];
		const details = { case: "column", columnName: problem.column?.name };
		return [
			{
				message: errorSentence({ ...problem, details }),
				keys,
				mend: keys.length === 0 ? null : mendOf(problem, checked),
			},
		];
	});
}

/** Lines whose column the table no longer shows. Messages have every column that is named. */
export function goneLines({ draft, table }: Pick<Checked, "draft" | "table">): MappingLine[] {
	if (table.takesAnyColumn) return [];
	const there = new Set(table.fields.map(({ id }) => id));
	return draft.lines.filter(({ to }) => !there.has(to));
}

/** A step is one line's; what is wrong with a column concerns every line that leads there. */
function keysOf({ entry, step, column }: PreviewProblem, { lines }: MappingDraft): number[] {
	const there = step === undefined ? lines.filter(({ to }) => to === column?.id) : [];
	const fields = lines.filter(({ source }) => source.kind === "field");
	const named = entry === undefined ? undefined : fields[entry];
	return (there.length === 0 && named ? [named] : there).map(({ key }) => key);
}

/** What is wrong there is the value that every row gets, not the column. */
const ofConstants: ReadonlySet<string> = new Set(["delivery/option-missing", "targets/constant-invalid"]);

function mendOf({ code, fix, create, suggested, step }: PreviewProblem, { table, canCreate }: Checked): Mend {
	const column = table.fields.find(({ id }) => id === suggested?.id);
	if (fix === "remove") return { kind: "take_out" };
	if (fix === "map_other" && column) return { kind: "use", column };
	if (fix === "create_column" && create && canCreate) return { kind: "make", column: create };
	if (step !== undefined) return { kind: "show", part: "steps" };
	return { kind: "show", part: ofConstants.has(code) ? "source" : "column" };
}
