import type { RecipeSettings } from "../../../../backend/contract/recipes.ts";
import type { Client } from "../../../api/client.ts";
import { ask } from "../../../messages/ask.ts";
import { webLocks } from "../../../messages/one-at-a-time.ts";
import { uuidV7 } from "../../../outbox/uuid-v7.ts";
import { fetchedRecipes, forgetUnsent, type KnownRecipe, keepRecipe } from "../../../settings/recipes.ts";

const tellBackground = async (): Promise<void> => {
	await ask("recipes.changed", {}).catch(() => undefined);
};

/** Saves a recipe as it is from now on: here at once, and in the workspace as soon as it can be reached. */
export async function saveRecipe(id: string, recipe: RecipeSettings): Promise<void> {
	await keepRecipe(webLocks, { id, recipe });
	await tellBackground();
}

/** Brings in recipes of a file. @returns how many of them were not here yet */
export async function bringIn(recipes: readonly RecipeSettings[], known: readonly KnownRecipe[]): Promise<number> {
	const here = new Set(known.map(({ recipe }) => JSON.stringify(recipe)));
	const fresh = recipes.filter((recipe) => !here.has(JSON.stringify(recipe)));
	for (const recipe of fresh) await keepRecipe(webLocks, { id: uuidV7(), recipe });
	await tellBackground();
	return fresh.length;
}

/**
 * Deletes a recipe, here and for the whole workspace.
 * @returns what takes that back
 * @throws ApiFailure, and then nothing was deleted
 */
export async function removeRecipe(
	client: Client,
	{ id, recipe, version, sent }: KnownRecipe,
): Promise<() => Promise<void>> {
	const fetched = await fetchedRecipes.getValue();
	const isShared = fetched.some((one) => one.id === id);
	if (isShared) {
		await client.deleteRecipe(id);
		await fetchedRecipes.setValue(fetched.filter((one) => one.id !== id));
	}
	await forgetUnsent(webLocks, id);
	return async () => {
		if (isShared) await client.restoreRecipe(id, fetched.find((one) => one.id === id)?.version ?? version);
		if (sent) await tellBackground();
		else await saveRecipe(id, recipe);
	};
}

/** Takes a version of a recipe into use again, for the whole workspace. */
export async function restoreVersion(client: Client, id: string, version: number): Promise<void> {
	const restored = await client.restoreRecipe(id, version);
	const fetched = await fetchedRecipes.getValue();
	await forgetUnsent(webLocks, id);
	await fetchedRecipes.setValue(fetched.map((one) => (one.id === id ? restored : one)));
}
