import type { RecipeSettings, RecipeVersion, RecipeView } from "../contract/recipes.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { RecipeDeps } from "./recipe-deps.ts";

type RecipeRow = { id: string; version: number; recipe: RecipeSettings; createdAt: Date; updatedAt: Date };

function selectRecipes(sql: Transaction) {
	return sql`
		select r.id, r.version, v.recipe, r.created_at, r.updated_at
		from sheaf.recipes r
		join sheaf.recipe_versions v on v.workspace_id = r.workspace_id and v.recipe_id = r.id and v.version = r.version
		where r.workspace_id = sheaf.current_workspace() and r.deleted_at is null`;
}

/** Every recipe of the workspace, by name. */
export async function listRecipes({ database }: RecipeDeps, principal: Principal): Promise<RecipeView[]> {
	const rows = await database.asTenant(
		principal,
		async (sql) => await sql<RecipeRow[]>`${selectRecipes(sql)} order by lower(v.recipe->>'name'), r.id`,
	);
	return rows.map(viewOf);
}

/** @throws SheafError `recipes/not-found`, also for another workspace's recipe and a deleted one */
export async function getRecipe({ database }: RecipeDeps, principal: Principal, id: string): Promise<RecipeView> {
	return await database.asTenant(principal, async (sql) => {
		const row = await findRecipe(sql, id);
		if (row === null) throw recipeNotFound();
		return row;
	});
}

/** Within a transaction: null where there is none. */
export async function findRecipe(sql: Transaction, id: string): Promise<RecipeView | null> {
	const [row] = await sql<RecipeRow[]>`${selectRecipes(sql)} and r.id = ${id}`;
	return row === undefined ? null : viewOf(row);
}

type VersionRow = Omit<RecipeVersion, "savedAt"> & { savedAt: Date };

/**
 * What it was before, the newest first. Of a deleted one too, as long as it can be brought back.
 *
 * @throws SheafError `recipes/not-found`
 */
export async function listVersions(
	{ database }: RecipeDeps,
	principal: Principal,
	id: string,
): Promise<RecipeVersion[]> {
	const rows = await database.asTenant(
		principal,
		async (sql) =>
			await sql<VersionRow[]>`
				select version, recipe, restored_from, saved_at from sheaf.recipe_versions
				where workspace_id = sheaf.current_workspace() and recipe_id = ${id} order by version desc`,
	);
	if (rows.length === 0) throw recipeNotFound();
	return rows.map((row) => ({ ...row, savedAt: row.savedAt.toISOString() }));
}

export function recipeNotFound(): SheafError {
	return new SheafError("recipes/not-found", "There is no such recipe.");
}

function viewOf({ createdAt, updatedAt, ...row }: RecipeRow): RecipeView {
	return { ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
