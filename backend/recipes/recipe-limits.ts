import type { RecipeSettings } from "../contract/recipes.ts";
import type { Transaction } from "../db/connect.ts";
import { SheafError } from "../errors.ts";

/** The extension fetches them all and looks through them at every capture. */
const maxRecipes = 500;
/** As JSON in UTF-8. With 100 versions of each, what a workspace can fill stays bounded. */
const maxRecipeBytes = 16_384;
/** So long a deletion can be undone. */
const keptDays = 30;

/**
 * Whoever makes, restores or deletes a recipe takes this first: what they count cannot change under them, and no two wait for each other's
 * rows. A statement of its own, because a statement sees what was there when it began. Recipes that were deleted so long ago that they cannot
 * be restored go for good on the way.
 */
export async function lockRecipes(sql: Transaction): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('sheaf.recipes/' || sheaf.current_workspace()::text, 0))`;
	await sql`
		delete from sheaf.recipes
		where workspace_id = sheaf.current_workspace() and deleted_at < now() - make_interval(days => ${keptDays})`;
}

/** @throws SheafError `request/too-large` */
export function refuseTooLarge(recipe: RecipeSettings): void {
	if (Buffer.byteLength(JSON.stringify(recipe)) <= maxRecipeBytes) return;
	throw new SheafError(
		"request/too-large",
		"This recipe is too large to be kept. Take out fields or selectors first.",
		{
			details: { maxBytes: maxRecipeBytes },
		},
	);
}

/**
 * Whether there is room for the recipe besides the workspace's others. Deleted ones count as long as they can be restored: else making and
 * deleting would fill the workspace without end.
 *
 * @throws SheafError `recipes/too-many`
 */
export async function refuseTooMany(sql: Transaction, id: string): Promise<void> {
	const [others] = await sql<{ count: number }[]>`
		select count(*)::integer as count from sheaf.recipes
		where workspace_id = sheaf.current_workspace() and id <> ${id}`;
	if ((others?.count ?? 0) < maxRecipes) return;
	throw new SheafError(
		"recipes/too-many",
		`A workspace holds ${maxRecipes} recipes, and those deleted in the last ${keptDays} days count. Change one you no longer need instead.`,
	);
}
