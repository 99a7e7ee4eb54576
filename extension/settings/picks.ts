import { storage } from "wxt/utils/storage";
import type { RecipePlaceHere } from "./recipes.ts";

/** A pick that is going on. */
export type GoingPick = {
	/** The word by which its result is known. */
	token: string;
	/** Which recipe it is about, and which hosts that was for; null: it is a new one. */
	recipeId: string;
	hosts: string | null;
	/** Whose recipe that is, and in which workspace. */
	place: RecipePlaceHere;
};

/** By tab. Gone with the browser, like the pickers themselves. */
export const picks = storage.defineItem<Record<string, GoingPick>>("session:picks", { fallback: {} });

/** Writes to them, one at a time: what is saved is over, in that tab alone. */
export const picksLock = "sheaf/picks";
