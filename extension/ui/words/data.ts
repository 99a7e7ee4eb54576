import { plural, t } from "../../i18n/t.ts";

/** The sentences of the data page; those about exporting everything and deleting the account are in `account-end.ts`. */
export const dataWords = {
	lead: t("data.lead"),
	take: t("data.take"),
	device: t("data.device"),
	deviceBody: t("data.deviceBody"),
	bring: t("data.bring"),
	import: t("data.import"),
	importBody: t("data.importBody"),
	importDo: t("data.importDo"),
	importing: t("data.importing"),
	imported: (count: number) => (count === 0 ? t("data.importedAll") : plural("data.imported", count)),
	skipped: (count: number) => plural("data.skipped", count),
	broken: (count: number) => plural("data.broken", count),
	notAFile: t("data.notAFile"),
	leave: t("data.leave"),
};
