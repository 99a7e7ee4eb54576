import type { FileProblem } from "../../capture/recipes/check-file.ts";
import { listText } from "../../i18n/locale.ts";
import { plural, t } from "../../i18n/t.ts";

/** What the popup says of the recipes for the page at hand. */
export const recipeLineWords = {
	filled: (recipe: string) => t("recipes.filled", { recipe }),
	edit: t("recipes.edit"),
	lost: (fields: readonly string[], recipe: string) =>
		plural("recipes.lost", fields.length, { fields: listText(fields), recipe }),
	here: (field: string, recipe: string, value: string) => t("recipes.here", { field, recipe, value }),
	mend: t("recipes.mend"),
	pickAnew: t("recipes.pickAnew"),
	mended: (recipe: string) => t("recipes.mended", { recipe }),
};

/** Every sentence of the options page about recipes. */
export const recipesWords = {
	lead: t("recipes.lead"),
	empty: t("recipes.empty"),
	how: t("recipes.how"),
	import: t("recipes.import"),
	exportAll: t("recipes.exportAll"),
	fileName: (name: string) => t("recipes.fileName", { name }),
	allFileName: t("recipes.allFileName"),
	imported: (count: number) => plural("recipes.imported", count),
	back: t("recipes.back"),
	gone: t("recipes.gone"),
	open: t("recipes.open"),
	more: (name: string) => t("recipes.more", { name }),
	rename: t("recipes.rename"),
	nameLabel: t("recipes.nameLabel"),
	export: t("recipes.export"),
	delete: t("recipes.delete"),
	deleted: (name: string) => t("recipes.deleted", { name }),
	fieldCount: (count: number) => plural("recipes.fieldCount", count),
	version: (version: number) => t("recipes.version", { version }),
	onThisDevice: t("recipes.onThisDevice"),
	healthy: t("recipes.healthy"),
	ailing: (count: number) => plural("recipes.ailing", count),
	unseen: t("recipes.unseen"),
	fields: t("recipes.fields"),
	found: (found: number, visits: number) => t("recipes.found", { found, visits }),
	fallbacks: (count: number) => plural("recipes.fallbacks", count),
	versions: t("recipes.versions"),
	versionsOf: t("recipes.versionsOf"),
	now: t("recipes.now"),
	restore: t("recipes.restore"),
	restoreVersion: (version: number) => t("recipes.restoreVersion", { version }),
	savedWhen: (when: string) => t("recipes.savedWhen", { when }),
	restored: (version: number) => t("recipes.restored", { version }),
	restoredFrom: (version: number) => t("recipes.restoredFrom", { version }),
	guestVersions: t("recipes.guestVersions"),
	viewer: (workspace: string) => t("recipes.viewer", { workspace }),
};

/** Why nothing was taken from a file. */
export function fileProblemWords(problem: FileProblem): string {
	if (problem.why !== "recipe") return t(`recipes.file.${problem.why}`);
	const recipe = problem.recipe === "" ? t("recipes.file.nameless") : problem.recipe;
	return t(`recipes.wrong.${problem.what}`, { recipe, field: problem.field });
}
