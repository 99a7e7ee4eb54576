import type { TargetView } from "../../backend/contract/targets.ts";
import { listText } from "../i18n/locale.ts";
import { plural, t } from "../i18n/t.ts";
import type { OutboxCounts } from "../outbox/types.ts";

/** The toolbar button's badge and tooltip. The words repeat what the colour says. */
export type Badge = { text: string; title: string; color: string };

/** Both carry white text at more than 4.5:1. */
export const badgeColors = { waiting: "#7a5c13", needsYou: "#b3261e" };

const short = (count: number): string => (count > 99 ? "99+" : String(count));

/** What of a target the badge is about. */
export type BadgeTarget = Pick<TargetView, "providerTitle" | "problem" | "accessEndsAt">;

/** What waits and what needs the person, and an account that does (ACC-4); nothing when all has arrived and all is well. */
export const badgeFor = ({ waiting, needsYou }: OutboxCounts, targets: readonly BadgeTarget[] = []): Badge => {
	const troubled = targets.find(({ problem, accessEndsAt }) => problem || accessEndsAt);
	const parts = [
		troubled ? t("background.badge.account", { provider: troubled.providerTitle }) : "",
		needsYou > 0 ? plural("background.badge.needYou", needsYou) : "",
		waiting > 0 ? plural("background.badge.waiting", waiting) : "",
	].filter((part) => part !== "");
	const total = waiting + needsYou;
	return {
		text: total > 0 ? short(total) : troubled ? "!" : "",
		title: parts.length === 0 ? t("manifest.name") : t("background.badge.hint", { hint: listText(parts, "comma") }),
		color: needsYou > 0 || troubled ? badgeColors.needsYou : badgeColors.waiting,
	};
};
