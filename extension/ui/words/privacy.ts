import { plural, t } from "../../i18n/t.ts";

/** The sentences of the privacy page. */
export const privacyWords = {
	lead: t("privacy.lead"),
	reads: t("privacy.reads"),
	readsBody: t("privacy.readsBody"),
	sites: t("privacy.sites"),
	sitesBody: t("privacy.sitesBody"),
	sitesNone: t("privacy.sitesNone"),
	everySite: t("privacy.everySite"),
	tabs: t("privacy.tabs"),
	tabsBody: t("privacy.tabsBody"),
	revoke: t("privacy.revoke"),
	revokeOf: (name: string) => t("privacy.revokeOf", { name }),
	revoked: (name: string) => t("privacy.revoked", { name }),
	kept: t("privacy.kept"),
	keptBody: t("privacy.keptBody"),
	keptSignOut: t("privacy.keptSignOut"),
	forgetSites: t("privacy.forgetSites"),
	forgetSitesBody: (count: number) =>
		count === 0 ? t("privacy.forgetSitesNone") : plural("privacy.forgetSitesBody", count),
	forget: t("privacy.forget"),
	forgotten: t("privacy.forgotten"),
	leaves: t("privacy.leaves"),
	leavesGuest: t("privacy.leavesGuest"),
	leavesBody: (server: string) => t("privacy.leavesBody", { server }),
	permissions: t("privacy.permissions"),
	/** By the browser's name of a permission. */
	why: {
		storage: t("privacy.why.storage"),
		unlimitedStorage: t("privacy.why.unlimitedStorage"),
		alarms: t("privacy.why.alarms"),
		contextMenus: t("privacy.why.contextMenus"),
		identity: t("privacy.why.identity"),
		activeTab: t("privacy.why.activeTab"),
		scripting: t("privacy.why.scripting"),
		sidePanel: t("privacy.why.sidePanel"),
	},
};
