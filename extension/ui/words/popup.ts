import { listText } from "../../i18n/locale.ts";
import { plural, t } from "../../i18n/t.ts";
import type { ClosedBecause } from "../popup/read-page.ts";

/** Every sentence of the popup. */
export const popupWords = {
	// Head
	switchTarget: (targets: readonly (readonly [name: string, provider: string])[]) =>
		t("popup.switchTarget", {
			targets: listText(targets.map(([name, provider]) => t("popup.nameInProvider", { name, provider }))),
		}),
	andMore: (name: string, count: number) => t("popup.andMore", { name, count }),
	alsoTo: (site: string) => t("popup.alsoTo", { site }),
	alsoToOne: (name: string) => t("popup.alsoToOne", { name }),
	newTarget: t("popup.newTarget"),
	menu: t("popup.menu"),
	menuOverview: t("popup.menuOverview"),
	menuRecords: t("popup.menuRecords"),
	menuTargets: t("popup.menuTargets"),
	menuSettings: t("popup.menuSettings"),
	menuQueue: t("popup.menuQueue"),
	menuPanel: t("popup.menuPanel"),
	menuPickRows: t("popup.menuPickRows"),
	menuPick: t("background.pick.menu"),
	seeQueue: t("popup.seeQueue"),
	tableHere: (count: number) => t("popup.tableHere", { count }),
	// Columns that are not mapped yet
	addColumn: t("popup.addColumn"),
	addingColumn: t("popup.addingColumn"),
	columnsOffline: (table: string) => t("popup.columnsOffline", { table }),
	columnsFailed: (reason: string) => t("popup.columnsFailed", { reason }),
	noMoreColumns: (table: string) => t("popup.noMoreColumns", { table }),
	// The strip under the head
	notice: t("popup.notice"),
	signIn: t("popup.signIn"),
	noTarget: t("popup.noTarget"),
	noTargetButton: t("popup.noTargetButton"),
	// The record
	reading: t("popup.reading"),
	title: t("popup.title"),
	kind: t("popup.kind"),
	changePicture: t("popup.changePicture"),
	pictures: t("popup.pictures"),
	lookingForPictures: t("popup.lookingForPictures"),
	noPictures: t("popup.noPictures"),
	picturesGone: t("popup.picturesGone"),
	noPicture: t("popup.noPicture"),
	pictureNumber: (n: number) => t("popup.pictureNumber", { n }),
	alreadySaved: t("popup.alreadySaved"),
	backToPage: t("popup.backToPage"),
	unmapped: (count: number) => plural("popup.unmapped", count),
	unmappedNote: t("popup.unmappedNote"),
	imageAlt: t("popup.imageAlt"),
	// Pages that cannot be read
	closed: {
		"browser-page": t("popup.closed.browser-page"),
		"not-readable": t("popup.closed.not-readable"),
		"document-changed": t("popup.closed.document-changed"),
		"no-answer": t("popup.closed.no-answer"),
		"address-not-http": t("popup.closed.address-not-http"),
	} satisfies Record<ClosedBecause, string>,
	unreadableButton: t("popup.unreadableButton"),
	// The main action
	send: t("popup.send"),
	update: t("popup.update"),
	saveHere: t("popup.saveHere"),
	saveChanges: t("popup.saveChanges"),
	saving: t("popup.saving"),
	undo: t("popup.undo"),
	undoTitle: (keys: string) => t("popup.undoTitle", { keys }),
	takenBack: t("popup.takenBack"),
	mendFields: t("popup.mendFields"),
	notSaved: t("popup.notSaved"),
	// Recent
	recent: t("popup.recent"),
	nothingYet: t("popup.nothingYet"),
	olderNeedYou: (count: number) => plural("popup.olderNeedYou", count),
	untitled: t("popup.untitled"),
	// Health
	offline: (count: number) => (count === 0 ? t("popup.offline") : plural("popup.offlineWaiting", count)),
	targetPaused: (name: string, waiting: number) =>
		waiting === 0 ? t("popup.targetPaused", { name }) : plural("popup.targetPausedWaiting", waiting, { name }),
	targetBroken: (message: string, waiting: number) =>
		waiting === 0 ? message : plural("popup.targetBrokenWaiting", waiting, { message: withoutStop(message) }),
	accessEnds: (provider: string, when: string, waiting: number) =>
		waiting === 0
			? t("popup.accessEnds", { provider, when })
			: plural("popup.accessEndsWaiting", waiting, { provider, when }),
	resume: t("popup.resume"),
	reconnect: t("popup.reconnect"),
	signedOut: (waiting: number) => (waiting === 0 ? t("popup.signedOut") : plural("popup.signedOutWaiting", waiting)),
};

/** Another part of the sentence follows. */
const withoutStop = (sentence: string) => sentence.replace(/[.。]\s*$/, "");
