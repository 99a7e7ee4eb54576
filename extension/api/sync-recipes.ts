import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { canonical } from "../outbox/canonical.ts";
import { account } from "../settings/items.ts";
import {
	fetchedRecipes,
	isOf,
	placeOfRecipes,
	recipesLock,
	type UnsentRecipe,
	unsentRecipes,
} from "../settings/recipes.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Client } from "./client.ts";
import { sessionLock } from "./session-lock.ts";

type RecipeClient = Pick<Client, "recipes" | "createRecipe" | "changeRecipe">;

/**
 * Brings this device's recipes and the workspace's together: a guest's become the person's (once: they are sent under the id they have), what
 * was changed here is sent, and the workspace's are fetched. What the server refuses for good stays on this device and is used here.
 *
 * @throws ApiFailure, with everything that was not sent kept
 */
export async function syncRecipes(client: RecipeClient, locks: OneAtATime): Promise<void> {
	await locks.inTurn("sheaf/recipes-sync", async () => {
		const place = await placeOfRecipes();
		if (place.userId === null) return;
		if (mayWrite(await account.getValue())) {
			await adoptGuests(locks);
			for (const one of (await unsentRecipes.getValue()).filter((unsent) => isOf(unsent, place)))
				await send(client, locks, one);
		}
		await fetchAll(client, locks);
	});
}

const mayWrite = (who: { permissions: readonly string[] } | null): boolean =>
	who?.permissions.includes("targets:write") ?? false;

/** Under the session's lock: whoever signs out meanwhile leaves nothing to be adopted. */
async function adoptGuests(locks: OneAtATime): Promise<void> {
	await locks.inTurn(sessionLock, () =>
		locks.inTurn(recipesLock, async () => {
			const place = await placeOfRecipes();
			const unsent = await unsentRecipes.getValue();
			if (place.userId === null || unsent.every(({ userId }) => userId !== null)) return;
			await unsentRecipes.setValue(unsent.map((one) => (one.userId === null ? { ...one, ...place, basedOn: 0 } : one)));
		}),
	);
}

/** What the server says no to, whatever is tried: the recipe goes on being used here. */
const forGood = new Set(["auth/forbidden", "request/invalid", "request/too-large", "recipes/too-many"]);

async function send(client: RecipeClient, locks: OneAtATime, unsent: UnsentRecipe): Promise<void> {
	try {
		await (unsent.basedOn === 0 ? create(client, unsent) : change(client, unsent, unsent.basedOn));
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
		if (forGood.has(error.code)) return;
		// Somebody has deleted it meanwhile: what was changed here is a change of nothing.
		if (error.code !== "recipes/not-found") throw error;
	}
	await forget(locks, unsent);
}

async function create(client: RecipeClient, { id, recipe }: UnsentRecipe): Promise<void> {
	const made = await client.createRecipe({ id, recipe });
	// An earlier answer was lost, and the recipe has been changed here since.
	if (canonical(made.recipe) !== canonical(recipe)) await client.changeRecipe(id, { basedOn: made.version, recipe });
}

/** On top of what somebody else saved meanwhile: theirs stays as a version and can be restored. */
async function change(client: RecipeClient, { id, recipe }: UnsentRecipe, basedOn: number): Promise<void> {
	try {
		await client.changeRecipe(id, { basedOn, recipe });
	} catch (error) {
		const newer =
			error instanceof ApiFailure && error.code === "recipes/version-conflict" ? versionIn(error.details) : null;
		if (newer === null) throw error;
		await client.changeRecipe(id, { basedOn: newer, recipe });
	}
}

function versionIn(details: unknown): number | null {
	const named = typeof details === "object" && details !== null && "version" in details ? details.version : null;
	return typeof named === "number" ? named : null;
}

/** Unless it was changed again while it was on its way. */
async function forget(locks: OneAtATime, sent: UnsentRecipe): Promise<void> {
	await locks.inTurn(recipesLock, async () => {
		const unsent = await unsentRecipes.getValue();
		const same = (one: UnsentRecipe) => one.id === sent.id && isOf(one, sent) && one.savedAt === sent.savedAt;
		await unsentRecipes.setValue(unsent.filter((one) => !same(one)));
	});
}

/** An answer that comes after its person has left is dropped (ID-8). */
async function fetchAll(client: RecipeClient, locks: OneAtATime): Promise<void> {
	const asked = await placeOfRecipes();
	const fetched = await client.recipes();
	await locks.inTurn(sessionLock, async () => {
		if (!isOf(asked, await placeOfRecipes())) return;
		if (JSON.stringify(await fetchedRecipes.getValue()) !== JSON.stringify(fetched))
			await fetchedRecipes.setValue(fetched);
	});
}
