import { t } from "../../i18n/t.ts";
/** Sentences shown beside an input that cannot be read. */
export const formWords = {
	notANumber: (example: string) => t("form.notANumber", { example }),
	notACurrency: t("form.notACurrency"),
	notAnAddress: t("form.notAnAddress"),
	optional: t("form.optional"),
	required: t("form.required"),
	listAdd: (label: string) => t("form.listAdd", { label }),
	listAddPlaceholder: t("form.listAddPlaceholder"),
	listRemove: (item: string) => t("form.listRemove", { item }),
	currencyOf: (label: string) => t("form.currencyOf", { label }),
};
