import type { KnownRecipe } from "../../../settings/recipes.ts";
import { recipesWords as words } from "../../words/recipes.ts";
import { RenameForm } from "../rename-form.tsx";
import { saveRecipe } from "./recipe-deeds.ts";

/** Another name for a recipe: a new version of it. */
export function RenameRecipe({ known, onDone }: { known: KnownRecipe; onDone: () => void }) {
	const save = (name: string) => saveRecipe(known.id, { ...known.recipe, name });
	return <RenameForm label={words.nameLabel} name={known.recipe.name} save={save} onDone={onDone} />;
}
