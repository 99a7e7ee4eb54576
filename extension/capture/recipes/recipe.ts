import type { RecipeSettings } from "../../../backend/contract/recipes.ts";

/** A recipe as it travels with a capture request: plain data that crosses `executeScript`. */
export type UsableRecipe = { id: string; version: number; recipe: RecipeSettings };

/** The page that recipes are read on. */
export type RecipePlace = {
	document: Document;
	/** What relative addresses are resolved against. */
	base: string;
	/** BCP 47, or empty: decides what `$` and `1.234` mean. */
	language: string;
	/** When looking is given up (`performance.now()`), between one selector and the next; left out: never. */
	until?: number;
};

/** Whether the time is over for which a page may be looked at. */
export const isOver = ({ until }: RecipePlace): boolean => until !== undefined && performance.now() > until;
