import type { UsableRecipe } from "../recipes/recipe.ts";

/** What the picker is started with. */
export type PickRequest = {
	/** Known to the background and the picker alone: what it sends back is taken for this pick and no other. */
	token: string;
	/** The recipe there is for this page already, to be added to. Left out and not null: Chromium drops nulls on their way into a page. */
	recipe?: UsableRecipe;
	theme: "system" | "light" | "dark";
	/** Who can use what is saved: the workspace, or this device alone, because nobody is signed in or their role only looks. */
	sharing: "workspace" | "guest" | "viewer";
};

/** What the picker sends when the person has saved; checked by the background like anything that comes from a page's process. */
export type Picked = { sheafPicked: string; recipe: unknown };

/** What it is answered: kept, or why not in a sentence. */
export type PickedReply = { ok: true } | { ok: false; message: string };

/** The injected script defines it in its isolated world, which pages cannot see. */
declare global {
	var sheafPick: ((request: PickRequest) => void) | undefined;
}
