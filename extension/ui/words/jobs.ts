import { listText } from "../../i18n/locale.ts";
import { plural, t } from "../../i18n/t.ts";
import type { JobRow, JobRowState } from "../../outbox/job-database.ts";

/** Why a page was saved as a link; a reason without words of its own says that it could not be read. */
const reasons: Record<string, string> = {
	"no-permission": t("jobs.reasons.no-permission"),
	"no-answer": t("jobs.reasons.no-answer"),
	"document-changed": t("jobs.reasons.document-changed"),
};

/** The sentences about many pages at once. */
export const jobWords = {
	goesTo: (name: string, provider: string) => t("jobs.goesTo", { name, provider }),
	staysHere: t("jobs.staysHere"),
	paste: t("jobs.paste"),
	example: t("jobs.example"),
	tooMany: (found: number, most: number) => t("jobs.tooMany", { found, most }),
	saveLinks: (count: number) => plural("jobs.saveLinks", count),
	saveTabs: (count: number) => plural("jobs.saveTabs", count),
	whyAllow: (sites: readonly string[]) =>
		sites.length > 5
			? plural("jobs.whyAllowMany", sites.length - 3, { sites: sites.slice(0, 3).join(", ") })
			: t("jobs.whyAllow", { sites: listText(sites) }),
	allowAndSave: (count: number) => plural("jobs.allowAndSave", count),
	linksOnly: t("jobs.linksOnly"),
	tabs: t("jobs.tabs"),
	whyTabs: t("jobs.whyTabs"),
	tabsRefused: t("jobs.tabsRefused"),
	showTabs: t("jobs.showTabs"),
	jobs: t("jobs.jobs"),
	job: {
		links: (count: number) => plural("jobs.job.links", count),
		tabs: (count: number) => plural("jobs.job.tabs", count),
	},
	stop: t("jobs.stop"),
	goOn: t("jobs.goOn"),
	retry: (count: number) => plural("jobs.retry", count),
	remove: t("jobs.remove"),
	pages: t("jobs.pages"),
	progress: (done: number, total: number) => t("jobs.progress", { done, total }),
	outcome: (counts: Record<JobRowState, number>) =>
		listText(
			(["saved", "link", "failed", "waiting"] as const)
				.filter((state) => counts[state] > 0)
				.map((state) => plural(`jobs.counted.${state}`, counts[state])),
		),
	rowState: (state: JobRowState, reason: JobRow["reason"]) =>
		state === "link"
			? t("jobs.asLink", { reason: reasons[reason ?? ""] ?? t("jobs.reasons.not-readable") })
			: state === "failed" && reason
				? reason
				: t(`jobs.state.${state}`),
};
