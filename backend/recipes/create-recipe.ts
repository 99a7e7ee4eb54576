import type { RecipeCreate, RecipeView } from "../contract/recipes.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { findRecipe, recipeNotFound } from "./read-recipes.ts";
import type { RecipeDeps } from "./recipe-deps.ts";

/** The extension fetches them all and looks through them at every capture. */
const maxRecipes = 500;

/**
 * Makes a recipe under the id that the client made. The same id again changes nothing and answers the recipe as it is now: a repeated
 * request is not a second recipe.
 *
 * @throws SheafError `recipes/too-many`; `recipes/not-found` when the id is that of a deleted one
 */
export async function createRecipe(
	{ database }: RecipeDeps,
	principal: Principal,
	wanted: RecipeCreate,
): Promise<RecipeView> {
	return await database.asTenant(principal, async (sql) => {
		const known = await findRecipe(sql, wanted.id);
		if (known !== null) return known;
		await refuseTooMany(sql);
		await insertRecipe(sql, principal, wanted);
		const made = await findRecipe(sql, wanted.id);
		if (made === null) throw recipeNotFound();
		return made;
	});
}

async function refuseTooMany(sql: Transaction): Promise<void> {
	const [held] = await sql<{ count: number }[]>`
		select count(*)::integer as count from sheaf.recipes
		where workspace_id = sheaf.current_workspace() and deleted_at is null`;
	if ((held?.count ?? 0) < maxRecipes) return;
	throw new SheafError(
		"recipes/too-many",
		`A workspace holds ${maxRecipes} recipes. Delete one you no longer need first.`,
	);
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
