import { messageFor, piecesFor, plural, t } from "../../i18n/t.ts";

/** The sentences of the options page about what happened. */
export const activityWords = {
	lead: t("activity.lead"),
	signIn: t("activity.signIn"),
	what: t("activity.what"),
	range: t("activity.range"),
	days: (count: number) => plural("activity.days", count),
	target: t("activity.target"),
	allTargets: t("activity.allTargets"),
	delivered: t("activity.delivered"),
	successRate: t("activity.successRate"),
	median: t("activity.median"),
	p95: t("activity.p95"),
	none: "—",
	perDay: t("activity.perDay"),
	chart: (delivered: number, refused: number, days: number) => plural("activity.chart", delivered, { refused, days }),
	dayLine: (delivered: number, refused: number) =>
		refused === 0 ? t("activity.dayLine", { delivered }) : t("activity.dayLineRefused", { delivered, refused }),
	nothing: t("activity.nothing"),
	asTable: t("activity.asTable"),
	day: t("activity.day"),
	neededYou: t("activity.neededYou"),
	why: t("activity.why"),
	noProblems: t("activity.noProblems"),
	attempts: (count: number) => plural("activity.attempts", count),
	changes: t("activity.changes"),
	about: t("activity.about"),
	abouts: {
		all: t("activity.abouts.all"),
		record: t("activity.abouts.record"),
		connection: t("activity.abouts.connection"),
		target: t("activity.abouts.target"),
		recipe: t("activity.abouts.recipe"),
		member: t("activity.abouts.member"),
		invite: t("activity.abouts.invite"),
		workspace: t("activity.abouts.workspace"),
	},
	noChanges: t("activity.noChanges"),
	more: t("activity.more"),
	bySheaf: t("activity.bySheaf"),
	formerMember: t("activity.formerMember"),
	on: (device: string) => t("activity.on", { device }),
};

/**
 * What happened, in pieces around the places `who` and `subject`: "Ada changed the target Reading list". A kind of change that this
 * version does not know is shown by its own name: better than nothing, and true.
 */
export function changePieces(action: string): string[] {
	const known = piecesFor(`activity.changed.${action}`);
	return known ?? ["", "who", ` ${action.replace(/[._]/g, " ")} `, "subject", ""];
}

/** In a person's words: why attempts failed. */
export function reasonWords(code: string): string {
	return messageFor(`activity.why-failed.${code}`) ?? code;
}
