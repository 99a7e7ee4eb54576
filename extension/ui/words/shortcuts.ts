import { t } from "../../i18n/t.ts";

/** The sentences of the shortcuts page. */
export const shortcutWords = {
	lead: t("shortcuts.lead"),
	anywhere: t("shortcuts.anywhere"),
	/** By the command's name in the manifest. */
	names: {
		_execute_action: t("shortcuts.names._execute_action"),
		"quick-send": t("shortcuts.names.quick-send"),
		pick: t("shortcuts.names.pick"),
		bulk: t("shortcuts.names.bulk"),
	} as Record<string, string>,
	none: t("shortcuts.none"),
	how: t("shortcuts.how"),
	copy: t("shortcuts.copy"),
	address: t("shortcuts.address"),
	search: t("shortcuts.search"),
	searchKeys: t("shortcuts.searchKeys"),
	popup: t("shortcuts.popup"),
	send: t("shortcuts.send"),
	takeBack: t("shortcuts.takeBack"),
	leave: t("shortcuts.leave"),
	next: t("shortcuts.next"),
};
