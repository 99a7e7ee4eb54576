import type { RowStanding } from "../../../backend/contract/compare.ts";
import type { FieldType } from "../../../backend/contract/fields.ts";
import { listText, numberText } from "../../i18n/locale.ts";
import { plural, t } from "../../i18n/t.ts";
import type { CollectionEnd } from "../../settings/collections.ts";

/** Every sentence about a page's tables and the rows that are sent from them. */
export const gridWords = {
	// The page
	looking: t("grid.looking"),
	notAsked: t("grid.notAsked"),
	look: t("grid.look"),
	noTables: t("grid.noTables"),
	lookAgain: t("grid.lookAgain"),
	otherTab: t("grid.otherTab"),
	showFront: t("grid.showFront"),
	browserPage: t("grid.browserPage"),
	noAnswer: t("grid.noAnswer"),
	pressToolbar: t("grid.pressToolbar"),
	allowSite: (site: string) => t("grid.allowSite", { site }),
	whyAllow: (site: string) => t("grid.whyAllow", { site }),
	table: t("grid.table"),
	untitled: { table: t("grid.untitled.table"), list: t("grid.untitled.list") },
	tableOption: (title: string, rows: number, columns: number) =>
		t("grid.tableOption", { title, rows: plural("grid.rows", rows), columns: plural("grid.columnCount", columns) }),
	// More rows
	rows: (count: number) => plural("grid.rows", count),
	gathering: t("grid.gathering"),
	gathered: (rows: number, limit: number, pages: number) =>
		t("grid.gathered", { rows, limit, pages: plural("grid.pages", pages) }),
	ended: (end: CollectionEnd, rows: number) => t(`grid.ended.${end}`, { rows: plural("grid.rows", rows) }),
	upTo: t("grid.upTo"),
	moreRows: t("grid.moreRows"),
	notGathered: t("grid.notGathered"),
	atStake: (rows: number) => plural("grid.atStake", rows),
	keepRows: t("grid.keepRows"),
	readTable: t("grid.readTable"),
	stop: t("grid.stop"),
	stopping: t("grid.stopping"),
	// The grid
	gridLabel: (title: string, count: number) => t("grid.gridLabel", { title, rows: plural("grid.rows", count) }),
	tickAll: t("grid.tickAll"),
	standing: t("grid.standing"),
	standings: {
		new: t("grid.standings.new"),
		update: t("grid.standings.update"),
		unchanged: t("grid.standings.unchanged"),
		no_key: t("grid.standings.no_key"),
	} satisfies Record<RowStanding, string>,
	booleans: { true: t("grid.booleans.true"), false: t("grid.booleans.false") },
	// Its columns
	columns: t("grid.columns"),
	columnCount: (count: number) => plural("grid.columnCount", count),
	columnTitle: (name: string, type: string, note: string) => t("grid.columnTitle", { name, type, note }),
	fills: (name: string) => t("grid.fills", { name }),
	notFilled: t("grid.notFilled"),
	misread: (count: number) => plural("grid.misread", count),
	column: t("grid.column"),
	newColumn: t("grid.newColumn"),
	name: t("grid.name"),
	text: t("grid.text"),
	type: t("grid.type"),
	types: {
		text: t("grid.types.text"),
		markdown: t("grid.types.text"),
		number: t("grid.types.number"),
		currency: t("grid.types.currency"),
		date: t("grid.types.date"),
		boolean: t("grid.types.boolean"),
		url: t("grid.types.url"),
		image: t("grid.types.image"),
		list: t("grid.types.list"),
	} satisfies Record<FieldType, string>,
	goesInto: t("grid.goesInto"),
	noColumn: t("grid.noColumn"),
	leaveOut: t("grid.leaveOut"),
	cancel: t("grid.cancel"),
	add: t("grid.add"),
	save: t("grid.save"),
	rowAddress: t("grid.rowAddress"),
	// Sending
	sendSection: t("grid.sendSection"),
	into: t("grid.into"),
	target: (name: string, provider: string) => t("grid.target", { name, provider }),
	noTarget: t("grid.noTarget"),
	newTarget: t("grid.newTarget"),
	guest: t("grid.guest"),
	sendRows: (count: number) => plural("grid.sendRows", count),
	saveRows: (count: number) => plural("grid.saveRows", count),
	counts: (counts: Record<RowStanding, number>, total: number) =>
		total === 0
			? ""
			: t("grid.countsSentence", {
					counts: listText(
						(["new", "update", "unchanged", "no_key"] as const)
							.filter((standing) => counts[standing] > 0)
							.map((standing) => plural(`grid.counted.${standing}`, counts[standing])),
					),
				}),
	checked: { asking: t("grid.checked.asking"), here: t("grid.checked.here") },
	saving: (saved: number, total: number) => t("grid.saving", { saved, total }),
	saved: (saved: number, total: number) =>
		saved === total ? plural("grid.saved", saved) : plural("grid.savedPart", total, { saved: numberText(saved) }),
	failed: (saved: number, total: number, reason: string) =>
		saved === 0
			? t("grid.failedAll", { reason })
			: plural("grid.failedPart", total, { saved: numberText(saved), reason }),
	notSaved: t("grid.notSaved"),
	undo: t("grid.undo"),
	takingBack: (left: number) => plural("grid.takingBack", left),
	takenBack: (count: number) => plural("grid.takenBack", count),
	cutOff: (title: string, saved: number, total: number) =>
		plural("grid.cutOff", total, { title, saved: numberText(saved) }),
};
