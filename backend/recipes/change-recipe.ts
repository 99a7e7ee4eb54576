import type { RecipeChange, RecipeView } from "../contract/recipes.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { findRecipe, recipeNotFound } from "./read-recipes.ts";
import type { RecipeDeps } from "./recipe-deps.ts";
import { lockRecipes, refuseTooLarge, refuseTooMany } from "./recipe-limits.ts";

/** Of each recipe so many versions are kept. */
const keptVersions = 100;

/**
 * Saves what the recipe is from now on as a new version. The same content again makes none.
 *
 * @throws SheafError `request/too-large`, `recipes/not-found`; `recipes/version-conflict` when it is not the version any more that was changed
 */
export async function changeRecipe(
	{ database }: RecipeDeps,
	principal: Principal,
	{ id, change: { basedOn, recipe } }: { id: string; change: RecipeChange },
): Promise<RecipeView> {
	refuseTooLarge(recipe);
	return await database.asTenant(principal, async (sql) => {
		const now = await lockRecipe(sql, id);
		if (now === null || now.deleted) throw recipeNotFound();
		if (now.version !== basedOn) throw changedMeanwhile(now.version);
		const content = JSON.stringify(recipe);
		await sql`
			with changed as (
				update sheaf.recipes r set version = r.version + 1, updated_at = now()
				from sheaf.recipe_versions v
				where r.workspace_id = sheaf.current_workspace() and r.id = ${id}
					and v.workspace_id = r.workspace_id and v.recipe_id = r.id and v.version = r.version
					and v.recipe is distinct from ${content}::text::jsonb
				returning r.id, r.version
			), kept as (
				insert into sheaf.recipe_versions (recipe_id, version, recipe)
				select id, version, ${content}::text::jsonb from changed
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'recipe.update', 'recipe', id, 'stored' from changed`;
		return await newest(sql, id);
	});
}

/**
 * Saves a version's content as the newest, and brings the recipe back where it was deleted.
 *
 * @throws SheafError `recipes/not-found`, `recipes/version-unknown`, `recipes/too-many`
 */
export async function restoreRecipe(
	{ database }: RecipeDeps,
	principal: Principal,
	{ id, version }: { id: string; version: number },
): Promise<RecipeView> {
	return await database.asTenant(principal, async (sql) => {
		await lockRecipes(sql);
		const now = await lockRecipe(sql, id);
		if (now === null) throw recipeNotFound();
		if (now.deleted) await refuseTooMany(sql, id);
		const [restored] = await sql`
			with wanted as (
				select recipe_id, recipe from sheaf.recipe_versions
				where workspace_id = sheaf.current_workspace() and recipe_id = ${id} and version = ${version}
			), changed as (
				update sheaf.recipes r set version = r.version + 1, deleted_at = null, updated_at = now() from wanted
				where r.workspace_id = sheaf.current_workspace() and r.id = wanted.recipe_id returning r.id, r.version, wanted.recipe
			), kept as (
				insert into sheaf.recipe_versions (recipe_id, version, recipe, restored_from)
				select id, version, recipe, ${version} from changed
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'recipe.restore', 'recipe', id, 'stored' from changed returning subject_id`;
		if (restored === undefined)
			throw new SheafError("recipes/version-unknown", "There is no such version of this recipe.");
		return await newest(sql, id);
	});
}

/** Of two changes at once the second waits and sees the first. */
async function lockRecipe(sql: Transaction, id: string): Promise<{ version: number; deleted: boolean } | null> {
	const [row] = await sql<{ version: number; deleted: boolean }[]>`
		select version, deleted_at is not null as deleted from sheaf.recipes
		where workspace_id = sheaf.current_workspace() and id = ${id} for update`;
	return row ?? null;
}

function changedMeanwhile(version: number): SheafError {
	return new SheafError(
		"recipes/version-conflict",
		"Somebody else has changed this recipe meanwhile. Look at it again first.",
		{
			details: { version },
		},
	);
}

async function newest(sql: Transaction, id: string): Promise<RecipeView> {
	await sql`
		delete from sheaf.recipe_versions v using sheaf.recipes r
		where r.workspace_id = sheaf.current_workspace() and r.id = ${id} and v.workspace_id = r.workspace_id
			and v.recipe_id = r.id and v.version <= r.version - ${keptVersions}::integer`;
	const recipe = await findRecipe(sql, id);
	if (recipe === null) throw recipeNotFound();
	return recipe;
}
