import type { Principal } from "../db/principal.ts";
import { recipeNotFound } from "./read-recipes.ts";
import type { RecipeDeps } from "./recipe-deps.ts";
import { lockRecipes } from "./recipe-limits.ts";

/**
 * Deletes a recipe: it is on no device any more, and can be restored for 30 days. Those deleted longer ago go for good on the way.
 *
 * @throws SheafError `recipes/not-found`
 */
export async function removeRecipe({ database }: RecipeDeps, principal: Principal, id: string): Promise<void> {
	await database.asTenant(principal, async (sql) => {
		await lockRecipes(sql);
		const [deleted] = await sql`
			with deleted as (
				update sheaf.recipes set deleted_at = now(), updated_at = now()
				where workspace_id = sheaf.current_workspace() and id = ${id} and deleted_at is null returning id
			)
			insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
			select ${principal.sessionId}::uuid, 'recipe.delete', 'recipe', id, 'stored' from deleted returning subject_id`;
		if (deleted === undefined) throw recipeNotFound();
	});
}
