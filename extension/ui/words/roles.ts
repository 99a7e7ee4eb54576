import { t } from "../../i18n/t.ts";
/** Words about where a person works and as what, for the popup and the options page alike. */
export const roleWords = {
	roles: {
		owner: t("roles.roles.owner"),
		admin: t("roles.roles.admin"),
		member: t("roles.roles.member"),
		viewer: t("roles.roles.viewer"),
	},
	/** In the middle of a sentence. */
	as: {
		owner: t("roles.as.owner"),
		admin: t("roles.as.admin"),
		member: t("roles.as.member"),
		viewer: t("roles.as.viewer"),
	},
	personalNote: t("roles.personalNote"),
	switching: (name: string) => t("roles.switching", { name }),
	viewerHere: (name: string) => t("roles.viewerHere", { name }),
	viewerPopup: (name: string) => t("roles.viewerPopup", { name }),
	switchHere: t("roles.switchHere"),
	switchingHere: t("roles.switchingHere"),
	switchTo: (name: string) => t("roles.switchTo", { name }),
	switchFailed: (message: string) => t("roles.switchFailed", { message }),
};
