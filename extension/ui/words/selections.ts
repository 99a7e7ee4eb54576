import type { SelectionRun, SelectionView } from "../../../backend/contract/selections.ts";
import type { SourceColumn, SourceCondition, SourceFilter } from "../../../backend/contract/sources.ts";
import { plural, t } from "../../i18n/t.ts";
import { pickWords } from "./pick.ts";
import { rhythmWords, weekdayName } from "./rhythm.ts";

/** How a selection stands, for its mark and its word. */
export type SelectionState = "new" | "running" | "waiting" | "needs_you" | "paused" | "kept" | "done";

/** Every sentence of the options page about selections. */
export const selectionWords = {
	lead: t("selections.lead"),
	what: t("selections.what"),
	signIn: t("selections.signIn"),
	empty: t("selections.empty"),
	emptyViewer: (workspace: string) => t("selections.emptyViewer", { workspace }),
	viewer: (workspace: string) => t("selections.viewer", { workspace }),
	pick: t("selections.pick"),
	back: t("selections.back"),
	missing: t("selections.missing"),
	open: t("selections.open"),
	more: (name: string) => t("selections.more", { name }),
	rename: t("selections.rename"),
	nameLabel: t("selections.nameLabel"),
	runNow: t("selections.runNow"),
	stop: t("selections.stop"),
	pause: t("selections.pause"),
	resume: t("selections.resume"),
	delete: t("selections.delete"),
	deleting: t("selections.deleting"),
	deleteTitle: (name: string) => t("selections.deleteTitle", { name }),
	deleteBody: t("selections.deleteBody"),
	from: (table: string, source: string) => t("selections.from", { table, source }),
	to: (target: string | null) => (target === null ? t("selections.toNone") : t("selections.to", { target })),
	state: {
		new: t("selections.state.new"),
		running: t("selections.state.running"),
		waiting: t("selections.state.waiting"),
		needs_you: t("selections.state.needs_you"),
		paused: t("selections.state.paused"),
		kept: t("selections.state.kept"),
		done: t("selections.state.done"),
	} satisfies Record<SelectionState, string>,
	next: (when: string) => t("selections.next", { when }),
	ran: (ago: string) => t("selections.ran", { ago }),
	present: (count: number) => plural("selections.present", count),
	gone: (count: number) => plural("selections.counts.gone", count),
	failed: (count: number) => plural("selections.counts.failed", count),
	runs: {
		title: t("selections.runs.title"),
		what: t("selections.runs.what"),
		none: t("selections.runs.none"),
		cause: { manual: t("selections.runs.manual"), schedule: t("selections.runs.schedule") },
		status: {
			running: t("selections.runs.status.running"),
			done: t("selections.runs.status.done"),
			stopped: t("selections.runs.status.stopped"),
			failed: t("selections.runs.status.failed"),
		} satisfies Record<SelectionRun["status"], string>,
	},
	pickedTitle: t("selections.pickedTitle"),
	change: t("selections.change"),
	changeLead: t("selections.changeLead"),
	settingsTitle: t("selections.settingsTitle"),
	/** For the editor of a schedule. */
	rhythm: {
		when: t("selections.when"),
		frequency: {
			manual: t("selections.manual"),
			hourly: rhythmWords.frequency.hourly,
			daily: rhythmWords.frequency.daily,
			weekly: rhythmWords.frequency.weekly,
			cron: rhythmWords.frequency.cron,
		} satisfies Record<SelectionView["frequency"], string>,
	},
	goneTitle: t("selections.goneTitle"),
	goneChoice: { tell: t("selections.goneTell"), keep: t("selections.goneKeep") },
	goneNote: t("selections.goneNote"),
	targetTitle: t("selections.targetTitle"),
	chooseTarget: t("selections.chooseTarget"),
	saved: t("selections.saved"),
	goneRows: {
		title: t("selections.goneRows.title"),
		lead: (table: string, target: string) => t("selections.goneRows.lead", { table, target }),
		keep: t("selections.goneRows.keep"),
		keepOf: (title: string) => t("selections.goneRows.keepOf", { title }),
		keepAll: t("selections.goneRows.keepAll"),
		kept: (count: number) => plural("selections.goneRows.kept", count),
		delete: t("selections.goneRows.delete"),
		deleteOf: (title: string) => t("selections.goneRows.deleteOf", { title }),
	},
	failedRows: { title: t("selections.failedRows.title"), lead: t("selections.failedRows.lead") },
	rowsWhat: t("selections.rowsWhat"),
	seen: (ago: string) => t("selections.seen", { ago }),
	untitled: (id: string) => t("selections.untitled", { id }),
	rowAt: (provider: string) => t("selections.rowAt", { provider }),
	showMore: t("selections.showMore"),
	hanging: (names: string) => t("selections.hanging", { names }),
	disconnectPauses: (names: string) => t("selections.disconnectPauses", { names }),
	disconnectDeletes: (names: string) => t("selections.disconnectDeletes", { names }),
	targetPauses: (names: string) => t("selections.targetPauses", { names }),
};

/**
 * What is picked, fact by fact: which rows, the search and conditions they match, and the columns that travel.
 * @param known columns of the source, as far as they are known
 */
export function pickedFacts(
	{ mode, rowIds, search, filter, columns }: SelectionView,
	known: readonly SourceColumn[] = [],
): string[] {
	return [
		rowsFact(mode, rowIds.length),
		...(search === null ? [] : [t("selections.picked.search", { text: search })]),
		...conditionFacts(filter, known),
		columns === null ? t("selections.picked.allColumns") : plural("selections.picked.columns", columns.length),
	];
}

/** Each condition, where all of their columns are known; else how many there are. */
function conditionFacts(filter: SourceFilter, known: readonly SourceColumn[]): string[] {
	const named = filter.flatMap((condition) => {
		const column = known.find(({ id }) => id === condition.column);
		return column === undefined ? [] : [conditionFact(condition, column)];
	});
	if (named.length === filter.length) return named;
	return [plural("selections.picked.conditions", filter.length)];
}

function conditionFact({ op, value }: SourceCondition, { name, type }: SourceColumn): string {
	const places = { column: name, operator: pickWords.operatorOf(op, type === "date") };
	if (value === undefined) return t("selections.picked.conditionAlone", places);
	return t("selections.picked.condition", { ...places, value: String(value) });
}

function rowsFact(mode: SelectionView["mode"], count: number): string {
	if (mode === "chosen") return plural("selections.picked.chosen", count);
	return count === 0 ? t("selections.picked.all") : plural("selections.picked.but", count);
}

/** When it runs by itself. */
export function selectionRhythm({ frequency, schedule }: Pick<SelectionView, "frequency" | "schedule">): string {
	const { at = "00:00", weekday = 1, cron = "" } = schedule ?? {};
	switch (frequency) {
		case "manual":
			return t("selections.rhythm.manual");
		case "hourly":
			return at.endsWith(":00")
				? t("selections.rhythm.hourly")
				: t("selections.rhythm.hourlyAt", { minutes: at.slice(3) });
		case "daily":
			return t("selections.rhythm.daily", { at });
		case "weekly":
			return t("selections.rhythm.weekly", { day: weekdayName(weekday), at });
		case "cron":
			return t("selections.rhythm.cron", { cron });
	}
}

/** How far a run is, or what it has found, count by count; none of what there was none of. */
export function runFacts(run: SelectionRun): string[] {
	const { added, changed, gone, failed, unchanged } = run;
	const counts = [
		...(added > 0 ? [plural("selections.counts.added", added)] : []),
		...(changed > 0 ? [plural("selections.counts.changed", changed)] : []),
		...(gone > 0 ? [plural("selections.counts.gone", gone)] : []),
		...(failed > 0 ? [plural("selections.counts.failed", failed)] : []),
		...(unchanged > 0 ? [plural("selections.counts.same", unchanged)] : []),
	];
	if (run.status === "running") return [progress(run), ...counts];
	return counts.length === 0 ? [t("selections.counts.nothing")] : counts;
}

function progress({ listed, total }: SelectionRun): string {
	if (total === null) return plural("selections.progress", listed);
	const places = { listed, total: total.count };
	return total.exact ? t("selections.progressOf", places) : t("selections.progressAbout", places);
}
