import type { SelectionRun } from "../../../backend/contract/selections.ts";
import type { SourceOperator, SourceTotal } from "../../../backend/contract/sources.ts";
import { listText, numberText } from "../../i18n/locale.ts";
import { plural, t } from "../../i18n/t.ts";
import type { PickCount } from "../pick/picked.ts";

/** Every sentence about picking rows from connected accounts. */
export const pickWords = {
	title: t("pick.title"),
	openPanel: t("pick.openPanel"),
	back: t("pick.back"),
	signIn: t("pick.signIn"),
	signInButton: t("pick.signInButton"),
	offline: t("pick.offline"),
	// From where
	account: t("pick.account"),
	accountOption: (name: string, provider: string) => t("pick.accountOption", { name, provider }),
	noAccounts: t("pick.noAccounts"),
	connect: t("pick.connect"),
	askAdmin: t("pick.askAdmin"),
	advice: t("pick.advice"),
	looking: {
		accounts: t("pick.looking.accounts"),
		tables: t("pick.looking.tables"),
		columns: t("pick.looking.columns"),
		rows: t("pick.looking.rows"),
	},
	table: t("pick.table"),
	chooseTable: t("pick.chooseTable"),
	noTables: t("pick.noTables"),
	noTableCalled: (text: string) => t("pick.noTableCalled", { text }),
	tablesFound: (count: number) => plural("pick.tablesFound", count),
	profile: t("pick.profile"),
	chooseProfile: t("pick.chooseProfile"),
	profileOption: (name: string, detail: string) => t("pick.profileOption", { name, detail }),
	keyNeeded: t("pick.keyNeeded"),
	keyColumn: t("pick.keyColumn"),
	chooseColumn: t("pick.chooseColumn"),
	// Which rows
	search: t("pick.search"),
	conditions: (count: number) => (count === 0 ? t("pick.conditions") : plural("pick.conditionCount", count)),
	onlyRows: t("pick.onlyRows"),
	everyRow: t("pick.everyRow"),
	column: t("pick.column"),
	operator: t("pick.operator"),
	value: t("pick.value"),
	/** Days and times are after and before, not more and less. */
	operatorOf: (op: SourceOperator, isDate: boolean) => {
		if (isDate && op === "gt") return t("pick.after");
		if (isDate && op === "lt") return t("pick.before");
		return t(`pick.operators.${op}`);
	},
	addCondition: t("pick.addCondition"),
	removeCondition: (column: string) => t("pick.removeCondition", { column }),
	valueMissing: t("pick.valueMissing"),
	apply: t("pick.apply"),
	cancel: t("pick.cancel"),
	// The grid
	gridLabel: (title: string, total: SourceTotal | null) => t("pick.gridLabel", { title, rows: totalText(total) }),
	pickAll: t("pick.pickAll"),
	status: t("pick.status"),
	pickedBefore: t("pick.pickedBefore"),
	pickedBeforeNote: t("pick.pickedBeforeNote"),
	shown: (shown: number, total: SourceTotal | null) =>
		total === null
			? t("pick.shownSoFar", { rows: plural("grid.rows", shown) })
			: t("pick.shownOf", { shown, rows: totalText(total) }),
	rows: (count: number) => plural("grid.rows", count),
	loadingMore: t("pick.loadingMore"),
	making: t("pick.making"),
	noRows: t("pick.noRows"),
	noMatch: t("pick.noMatch"),
	showAll: t("pick.showAll"),
	picked: (count: PickCount) => pickedText(count),
	pickNone: t("pick.pickNone"),
	tooMany: (most: number) => t("pick.tooMany", { n: most }),
	// Sending
	sendSection: t("pick.sendSection"),
	rhythm: t("pick.rhythm"),
	once: t("pick.once"),
	send: ({ rows, isExact, leftOut }: PickCount) => {
		if (rows !== null && isExact) return plural("grid.sendRows", rows);
		return leftOut === 0 ? t("pick.sendAll") : plural("pick.sendAllBut", leftOut);
	},
	sending: t("pick.sending"),
	viewer: (name: string) => t("pick.viewer", { name }),
	fills: (columns: readonly string[]) => t("pick.fills", { columns: listText(columns) }),
	keyMissing: (target: string, columns: readonly string[]) =>
		t("pick.keyMissing", { target, columns: listText(columns) }),
	noneAlike: (target: string, columns: readonly string[]) =>
		t("pick.noneAlike", { target, columns: listText(columns) }),
	matchColumns: t("pick.matchColumns"),
	matching: t("pick.matching"),
	openTarget: t("pick.openTarget"),
	selectionName: (table: string, target: string) => t("pick.selectionName", { table, target }),
	// A run
	looked: (listed: number, total: SourceTotal | null) => {
		if (listed === 0) return t("pick.starting");
		return total === null ? plural("pick.lookedSoFar", listed) : t("pick.looked", { listed, rows: totalText(total) });
	},
	ended: (run: SelectionRun, target: string) => endedText(run, target),
	failed: t("pick.failed"),
	stop: t("pick.stop"),
	seeSelection: t("pick.seeSelection"),
	// What went wrong
	tryAgain: t("pick.tryAgain"),
	againIn: (ms: number) => plural("pick.againIn", Math.ceil(ms / 1_000)),
	reconnect: t("pick.reconnect"),
};

function totalText(total: SourceTotal | null): string {
	if (total === null) return t("pick.unknownRows");
	return total.exact ? plural("grid.rows", total.count) : plural("pick.about", total.count);
}

/** Says no number that nobody knows. */
function pickedText({ rows, total, leftOut, mayMiss, isAll }: PickCount): string {
	if (rows === 0) return t("pick.none");
	if (!isAll) return plural("pick.chosen", rows ?? 0);
	const all = allText(total);
	if (leftOut === 0) return all;
	return mayMiss ? t("pick.butUpTo", { all, n: leftOut }) : t("pick.but", { all, n: leftOut });
}

function allText(total: SourceTotal | null): string {
	if (total === null) return t("pick.allUnknown");
	return total.exact ? plural("pick.all", total.count) : t("pick.allAbout", { n: numberText(total.count) });
}

function endedText(run: SelectionRun, target: string): string {
	const counts = listText(
		(["added", "changed", "unchanged", "failed"] as const)
			.filter((kind) => run[kind] > 0)
			.map((kind) => plural(`pick.counted.${kind}`, run[kind])),
	);
	const isNew = run.added + run.changed + run.failed > 0;
	if (run.status === "stopped") return isNew ? t("pick.stopped", { counts, target }) : t("pick.stoppedNothing");
	if (isNew) return t("pick.done", { counts, target });
	return run.unchanged > 0 ? t("pick.doneNothing", { target }) : t("pick.doneNone");
}
