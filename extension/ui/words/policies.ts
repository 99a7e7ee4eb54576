import type { ConflictPolicy } from "../../../backend/contract/targets.ts";
import { t } from "../../i18n/t.ts";

/** The sentences about rows that are in the table already. */
export const policyWords = {
	title: t("policies.title"),
	note: t("policies.note"),
	policy: {
		overwrite: t("policies.policy.overwrite"),
		fill_empty: t("policies.policy.fill_empty"),
		keep_remote: t("policies.policy.keep_remote"),
		newest_wins: t("policies.policy.newest_wins"),
		ask: t("policies.policy.ask"),
	} satisfies Record<ConflictPolicy, string>,
	columns: t("policies.columns"),
	column: t("policies.column"),
	rule: t("policies.rule"),
	ruleFor: (column: string) => t("policies.ruleFor", { column }),
	asAbove: t("policies.asAbove"),
	unreadable: (provider: string) => t("policies.unreadable", { provider }),
	fact: {
		overwrite: null,
		fill_empty: t("policies.fact.fill_empty"),
		keep_remote: t("policies.fact.keep_remote"),
		newest_wins: t("policies.fact.newest_wins"),
		ask: t("policies.fact.ask"),
	} satisfies Record<ConflictPolicy, string | null>,
};
