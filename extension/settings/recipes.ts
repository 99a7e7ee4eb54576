import { storage } from "wxt/utils/storage";
import type { RecipeSettings, RecipeView } from "../../backend/contract/recipes.ts";
import type { RecipeVisit } from "../capture/recipes/health.ts";
import type { UsableRecipe } from "../capture/recipes/recipe.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { account } from "./items.ts";

/** The workspace's recipes as last fetched. Emptied at sign-out and when the workspace changes. */
export const fetchedRecipes = storage.defineItem<RecipeView[]>("local:recipes", { fallback: [], version: 1 });

/** A recipe that was made or changed on this device and that the server does not have so yet. */
export type UnsentRecipe = {
	id: string;
	/** Whose it is; null: a guest's. Another person of this browser never sees it. */
	userId: string | null;
	workspaceId: string | null;
	/** The server's version that was changed; 0: the server has none. */
	basedOn: number;
	version: number;
	recipe: RecipeSettings;
	/** When it was saved here, as ISO 8601 in UTC. */
	savedAt: string;
};

/** A guest's recipes live here until they sign in, everybody's until the server has them. */
export const unsentRecipes = storage.defineItem<UnsentRecipe[]>("local:unsentRecipes", { fallback: [], version: 1 });

/**
 * By recipe, how it fared on the pages it was for lately. It tells which sites a person visits, so it stays on this device and goes at
 * sign-out.
 */
export const recipeVisits = storage.defineItem<Record<string, RecipeVisit[]>>("local:recipeVisits", {
	fallback: {},
	version: 1,
});

/** A recipe as this device knows it. */
export type KnownRecipe = UsableRecipe & {
	/** Whether the server has it so; false on a guest's device for ever. */
	sent: boolean;
	updatedAt: string;
};

/** Writes to the lists above, one at a time: popup, pages and background all do. */
export const recipesLock = "sheaf/recipes";

export type RecipePlaceHere = { userId: string | null; workspaceId: string | null };

/** Who is here, as far as recipes are concerned. */
export async function placeOfRecipes(): Promise<RecipePlaceHere> {
	const now = await account.getValue();
	return { userId: now?.userId ?? null, workspaceId: now?.workspaceId ?? null };
}

/** The recipes of whoever is here, by name: what the server has, and above it what was changed on this device. */
export async function readRecipes(): Promise<KnownRecipe[]> {
	const [fetched, unsent, place] = await Promise.all([
		fetchedRecipes.getValue(),
		unsentRecipes.getValue(),
		placeOfRecipes(),
	]);
	return knownRecipes(fetched, unsent, place);
}

export function knownRecipes(
	fetched: readonly RecipeView[],
	unsent: readonly UnsentRecipe[],
	place: RecipePlaceHere,
): KnownRecipe[] {
	const own = unsent.filter((one) => isOf(one, place));
	const known = new Map<string, KnownRecipe>();
	if (place.userId !== null)
		for (const { id, version, recipe, updatedAt } of fetched)
			known.set(id, { id, version, recipe, updatedAt, sent: true });
	for (const { id, version, recipe, savedAt } of own)
		known.set(id, { id, version, recipe, updatedAt: savedAt, sent: false });
	return [...known.values()].sort((one, other) => one.recipe.name.localeCompare(other.recipe.name));
}

/** Keeps a recipe as it is from now on; whoever calls asks the background to send it after that. */
export async function keepRecipe(
	locks: OneAtATime,
	{ id, recipe }: { id: string; recipe: RecipeSettings },
): Promise<void> {
	await locks.inTurn(recipesLock, async () => {
		const place = await placeOfRecipes();
		const before = (await readRecipes()).find((known) => known.id === id);
		const unsent = await unsentRecipes.getValue();
		const held = unsent.find((one) => one.id === id && isOf(one, place));
		const basedOn = held?.basedOn ?? (before?.sent ? before.version : 0);
		const kept: UnsentRecipe = {
			...place,
			id,
			basedOn,
			version: (before?.version ?? 0) + 1,
			recipe,
			savedAt: new Date().toISOString(),
		};
		await unsentRecipes.setValue([...unsent.filter((one) => one !== held), kept]);
	});
}

/** Forgets a recipe that is on this device alone, or what was changed of one here. */
export async function forgetUnsent(locks: OneAtATime, id: string): Promise<void> {
	await locks.inTurn(recipesLock, async () => {
		const place = await placeOfRecipes();
		const unsent = await unsentRecipes.getValue();
		await unsentRecipes.setValue(unsent.filter((one) => one.id !== id || !isOf(one, place)));
	});
}

/** What a person has not sent yet, in all their workspaces. */
export async function unsentRecipesOf(userId: string): Promise<UnsentRecipe[]> {
	return (await unsentRecipes.getValue()).filter((one) => one.userId === userId);
}

/** What was put away at a sign-out (`unsentRecipesOf`), for its person who is back. What is here of the same recipe is as new or newer. */
export async function giveBackRecipes(locks: OneAtATime, aside: unknown): Promise<void> {
	await locks.inTurn(recipesLock, async () => {
		const here = await unsentRecipes.getValue();
		const back = (aside as UnsentRecipe[]).filter(
			(one) => !here.some((known) => known.id === one.id && isOf(known, one)),
		);
		await unsentRecipes.setValue([...here, ...back]);
	});
}

/**
 * What a sign-out takes away. What the person has not sent yet is sealed with their records and sent when they are back. How a guest's recipes fared
 * stays too: this is also done at every start at which nobody is signed in.
 */
export async function forgetRecipes(): Promise<void> {
	await fetchedRecipes.setValue([]);
	const unsent = await unsentRecipes.getValue();
	const guests = new Set(unsent.filter(({ userId }) => userId === null).map(({ id }) => id));
	const visits = Object.entries(await recipeVisits.getValue());
	await recipeVisits.setValue(Object.fromEntries(visits.filter(([id]) => guests.has(id))));
}

/** What a person has not sent goes: it was sealed, or their account was deleted (SEC-4). */
export async function discardRecipes(locks: OneAtATime, userId: string): Promise<void> {
	await locks.inTurn(recipesLock, async () => {
		const unsent = await unsentRecipes.getValue();
		await unsentRecipes.setValue(unsent.filter((one) => one.userId !== userId));
	});
}

export function isOf(one: RecipePlaceHere, place: RecipePlaceHere): boolean {
	return one.userId === place.userId && one.workspaceId === place.workspaceId;
}
