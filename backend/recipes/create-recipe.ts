import type { RecipeCreate, RecipeView } from "../contract/recipes.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { findRecipe, recipeNotFound } from "./read-recipes.ts";
import type { RecipeDeps } from "./recipe-deps.ts";
import { lockRecipes, refuseTooLarge, refuseTooMany } from "./recipe-limits.ts";

/**
 * Makes a recipe under the id that the client made. The same id again changes nothing and answers the recipe as it is now: a repeated
 * request is not a second recipe.
 *
 * @throws SheafError `request/too-large`, `recipes/too-many`; `recipes/not-found` when the id is that of a deleted one
 */
export async function createRecipe(
	{ database }: RecipeDeps,
	principal: Principal,
	wanted: RecipeCreate,
): Promise<RecipeView> {
	refuseTooLarge(wanted.recipe);
	return await database.asTenant(principal, async (sql) => {
		await lockRecipes(sql);
		const known = await findRecipe(sql, wanted.id);
		if (known !== null) return known;
		await refuseTooMany(sql, wanted.id);
		await insertRecipe(sql, principal, wanted);
		const made = await findRecipe(sql, wanted.id);
		if (made === null) throw recipeNotFound();
		return made;
	});
}

async function insertRecipe(sql: Transaction, { sessionId }: Principal, { id, recipe }: RecipeCreate): Promise<void> {
	await sql`
		with made as (
			insert into sheaf.recipes (id) values (${id}) on conflict do nothing returning id, version
		), kept as (
			insert into sheaf.recipe_versions (recipe_id, version, recipe)
			select id, version, ${JSON.stringify(recipe)}::text::jsonb from made
		)
		insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
		select ${sessionId}::uuid, 'recipe.create', 'recipe', id, 'stored' from made`;
}
