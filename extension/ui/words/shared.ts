import { t } from "../../i18n/t.ts";
/** Words that both pages use. */
export const undoWords = {
	undo: t("shared.undo.undo"),
	takeBack: (title: string) => t("shared.undo.takeBack", { title }),
};

export const copyWords = { copied: t("shared.copy.copied"), failed: t("shared.copy.failed") };

export const productName = t("manifest.name");

/** What a destination is called while its target is not known here. */
export const unknownDestination = t("shared.unknownDestination");

export const failedWords = {
	storage: t("shared.failed.storage"),
	again: t("shared.failed.again"),
};

export const signInWords = {
	opening: t("shared.signIn.opening"),
	failed: (message: string) => t("shared.signIn.failed", { message }),
};
