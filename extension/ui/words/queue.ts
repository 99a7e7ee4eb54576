import { plural, t } from "../../i18n/t.ts";

/** The sentences of the queue: what has not arrived, until when it waits, and what can be done about it. */
export const queueWords = {
	title: t("queue.title"),
	back: t("queue.back"),
	waiting: (count: number) => plural("queue.waiting", count),
	needYou: (count: number) => plural("queue.needYou", count),
	empty: t("queue.empty"),
	retryAll: t("queue.retryAll"),
	retried: (count: number) => plural("queue.retried", count),
	tryNow: t("queue.tryNow"),
	tryNowOf: (title: string) => t("queue.tryNowOf", { title }),
	tryAgainOf: (title: string) => t("queue.tryAgainOf", { title }),
	edit: t("queue.edit"),
	editOf: (title: string) => t("queue.editOf", { title }),
	openRow: t("queue.openRow"),
	remove: t("queue.remove"),
	removeOf: (title: string) => t("queue.removeOf", { title }),
	removed: (title: string) => t("queue.removed", { title }),
	more: (count: number) => plural("queue.more", count),
	failed: (reason: string) => t("queue.failed", { reason }),
	until: {
		offline: t("queue.until.offline"),
		signIn: t("queue.until.sign-in"),
		target: t("queue.until.target"),
		review: t("queue.until.review"),
		paused: (target: string) => t("queue.until.paused", { target }),
		triedSoon: t("queue.until.triedSoon"),
		tried: (when: string) => t("queue.until.tried", { when }),
		written: (provider: string, when: string) => t("queue.until.written", { provider, when }),
		soon: t("queue.until.soon"),
	},
};
