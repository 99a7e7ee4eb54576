import type { BulkView } from "../../../backend/contract/bulk.ts";
import { plural, t } from "../../i18n/t.ts";

/** The sentences about doing something to many records at once. */
export const bulkWords = {
	section: t("bulk.section"),
	select: (title: string) => t("bulk.select", { title }),
	selectPage: t("bulk.selectPage"),
	selected: (count: number) => plural("bulk.selected", count),
	everything: (count: number) => plural("bulk.everything", count),
	selectEverything: (count: number) => plural("bulk.selectEverything", count),
	clear: t("bulk.clear"),
	bar: t("bulk.bar"),
	retry: t("bulk.retry"),
	resync: t("bulk.resync"),
	move: t("bulk.move"),
	delete: t("bulk.delete"),
	starting: t("bulk.starting"),
	progress: ({ kind, done: took, failed, total }: BulkView) =>
		plural(`bulk.doing.${kind}`, total, { done: took + failed }),
	stop: t("bulk.stop"),
	stopping: t("bulk.stopping"),
	result: ({ kind, status, done: took, total }: BulkView) =>
		status === "stopped" ? plural("bulk.stopped", total, { done: took }) : plural(`bulk.done.${kind}`, took),
	outcome: ({ outcome }: BulkView) =>
		[
			outcome.delivered > 0 && t("bulk.inPlace", { n: outcome.delivered }),
			outcome.waiting > 0 && t("bulk.onTheWay", { n: outcome.waiting }),
			outcome.needsYou > 0 && plural("bulk.needYou", outcome.needsYou),
		]
			.filter(Boolean)
			.join(" · "),
	seeNeeding: t("bulk.seeNeeding"),
	failed: (count: number) => plural("bulk.failed", count),
	gone: t("bulk.gone"),
	hide: t("bulk.hide"),
	moveTitle: (count: number) => plural("bulk.moveTitle", count),
	moveTo: t("bulk.moveTo"),
	moveNow: t("bulk.moveNow"),
	deleteTitle: (count: number) => plural("bulk.deleteTitle", count),
	deleteBody: t("bulk.deleteBody"),
	deleteNow: (count: number) => plural("bulk.deleteNow", count),
	rowsToo: (count: number) => plural("bulk.rowsToo", count),
	rowsStay: (where: string) => t("bulk.rowsStay", { where }),
	rowsLost: (count: number, where: string) => plural("bulk.rowsLost", count, { where }),
	yourTables: t("bulk.yourTables"),
	olderToo: t("bulk.olderToo"),
	counting: t("bulk.counting"),
	allThere: t("bulk.allThere"),
	noOtherTarget: t("bulk.noOtherTarget"),
	sendAllAgain: t("bulk.sendAllAgain"),
	sendAllBody: t("bulk.sendAllBody"),
	remapAll: t("bulk.remapAll"),
	remapBody: t("bulk.remapBody"),
};
