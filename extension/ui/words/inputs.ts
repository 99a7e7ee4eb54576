import { plural, t } from "../../i18n/t.ts";

/** The sentences in and beside the inputs of a table's columns. */
export const inputWords = {
	// What cannot be read
	noDay: t("inputs.noDay"),
	noEmail: t("inputs.noEmail"),
	noPhone: t("inputs.noPhone"),
	noDuration: t("inputs.noDuration"),
	requiredKey: (column: string, target: string) => t("inputs.requiredKey", { column, target }),
	required: (target: string) => t("inputs.required", { target }),

	// Where a value comes from
	unsure: t("inputs.unsure"),
	sureness: (origin: string, percent: string) => t("inputs.sureness", { origin, percent }),

	// Inputs
	time: (label: string) => t("inputs.time", { label }),
	stars: (count: number, max: number) => plural("inputs.stars", count, { max }),
	noStars: t("inputs.noStars"),
	noChoice: t("inputs.noChoice"),
	choose: t("inputs.choose"),
	choicesOf: (label: string) => t("inputs.choicesOf", { label }),
	found: (count: number) => plural("inputs.found", count),
	create: (text: string) => t("inputs.create", { text }),
	noneFound: (text: string) => t("inputs.noneFound", { text }),
	allChosen: t("inputs.allChosen"),
	noChoicesYet: t("inputs.noChoicesYet"),
	unknownChoice: (text: string, label: string) => t("inputs.unknownChoice", { text, label }),
	searchRows: t("inputs.searchRows"),
	searching: t("inputs.searching"),
	rowsOffline: t("inputs.rowsOffline"),
	rowsFailed: t("inputs.rowsFailed"),
	asWritten: (text: string) => t("inputs.asWritten", { text }),
	addFile: t("inputs.addFile"),
};
