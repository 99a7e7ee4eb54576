import { plural, t } from "../../i18n/t.ts";

/** What a person without an account is told, and what they are told once they have one, or have come back. */
export const guestWords = {
	banner: t("guest.banner"),
	signIn: t("guest.signIn"),
	dismiss: t("guest.dismiss"),
	moved: (count: number) => plural("guest.moved", count),
	unopened: t("guest.unopened"),
	ended: t("guest.ended"),
	hide: t("guest.hide"),
};
