import { useState } from "preact/hooks";
import { writeRecipeFile } from "../../../capture/recipes/check-file.ts";
import type { RecipeVisit } from "../../../capture/recipes/health.ts";
import type { KnownRecipe } from "../../../settings/recipes.ts";
import { saveFile } from "../../local/save-file.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuEntry } from "../../parts/menu.tsx";
import { Problem } from "../../parts/problem.tsx";
import { recipesWords as words } from "../../words/recipes.ts";
import { useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { useDoing } from "../use-doing.ts";
import { RecipeHealth } from "./health.tsx";
import { removeRecipe } from "./recipe-deeds.ts";
import { RenameRecipe } from "./rename-recipe.tsx";

type RecipeCardProps = { known: KnownRecipe; visits: readonly RecipeVisit[]; writes: boolean };

/** One recipe: its pages, how it fares, and what can be done with it. */
export function RecipeCard({ known, visits, writes }: RecipeCardProps) {
	const { recipe } = known;
	const world = useWorld();
	const [renaming, setRenaming] = useState(false);
	const { problem, run } = useDoing();
	const remove = () =>
		run(async () => {
			const undo = await removeRecipe(world.client, known);
			world.offerUndo({ words: words.deleted(recipe.name), undo });
		});
	const entries: MenuEntry[] = [
		...(writes ? [{ label: words.rename, icon: "pencil", onPress: () => setRenaming(true) } as const] : []),
		{ label: words.export, icon: "download", onPress: () => saveRecipes(words.fileName(recipe.name), [known]) },
		...(writes ? [{ label: words.delete, icon: "trash", onPress: remove } as const] : []),
	];
	return (
		<li class="card item">
			<div class="item-head">
				<h2>{recipe.name}</h2>
				<RecipeHealth visits={visits} names={recipe.fields.map(({ name }) => name)} />
			</div>
			<p class="muted item-facts">
				<bdi class="clip">{`${recipe.host}${recipe.path}`}</bdi>
				<span>{words.fieldCount(recipe.fields.length)}</span>
				{known.sent ? <span>{words.version(known.version)}</span> : <span>{words.onThisDevice}</span>}
			</p>
			<Problem>{problem}</Problem>
			{renaming && <RenameRecipe known={known} onDone={() => setRenaming(false)} />}
			<div class="item-actions">
				<ButtonLink href={optionsPath("recipes", known.id)}>{words.open}</ButtonLink>
				<Menu class="button item-more" label={words.more(recipe.name)} entries={entries}>
					<Icon name="more" />
				</Menu>
			</div>
		</li>
	);
}

/** Hands recipes to the browser's downloads, as a file that others can bring in. */
export function saveRecipes(name: string, known: readonly KnownRecipe[]): void {
	const text = writeRecipeFile(known.map(({ recipe }) => recipe));
	saveFile(`${name.replaceAll(/[\\/:*?"<>|]/g, "-")}.json`, new Blob([text], { type: "application/json" }));
}
