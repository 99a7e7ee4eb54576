import { useRef, useState } from "preact/hooks";
import { readRecipeFile } from "../../../capture/recipes/check-file.ts";
import type { KnownRecipe } from "../../../settings/recipes.ts";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Problem } from "../../parts/problem.tsx";
import { RowOutline } from "../../parts/row.tsx";
import { fileProblemWords, recipesWords as words } from "../../words/recipes.ts";
import { may, useWorld } from "../context.ts";
import { optionsPath, type Route } from "../route.ts";
import { useDoing } from "../use-doing.ts";
import { RecipeCard, saveRecipes } from "./recipe-card.tsx";
import { bringIn } from "./recipe-deeds.ts";
import { RecipeDetail } from "./recipe-detail.tsx";
import { type Recipes, useRecipes } from "./use-recipes.ts";

/** What is known of sites' pages (CAP-4): a guest's on this device, or the workspace's. */
export function RecipesPage({ route }: { route: Extract<Route, { page: "recipes" }> }) {
	const known = useRecipes();
	if (known === null) return <RowOutline count={2} />;
	if (route.recipeId === null) return <RecipeList {...known} />;
	const one = known.recipes.find(({ id }) => id === route.recipeId);
	return (
		<>
			<a class="back" href={optionsPath("recipes")}>
				<Icon name="back" />
				{words.back}
			</a>
			{one === undefined ? (
				<Empty icon="pick" action={<ButtonLink href={optionsPath("recipes")}>{words.back}</ButtonLink>}>
					{words.gone}
				</Empty>
			) : (
				<RecipeDetail key={one.id} known={one} visits={known.visits[one.id] ?? []} />
			)}
		</>
	);
}

function RecipeList({ recipes, visits }: Recipes) {
	const world = useWorld();
	const { account } = world.settings;
	// A guest's recipes are theirs alone; in a workspace the role decides.
	const writes = account === null || may(world, "targets:write");
	return (
		<>
			<p class="lead prose">{words.lead}</p>
			{writes ? <FileButtons recipes={recipes} /> : <p class="muted">{words.viewer(account?.workspaceName ?? "")}</p>}
			{recipes.length === 0 ? (
				<div class="card">
					<Empty icon="pick">{words.empty}</Empty>
				</div>
			) : (
				<>
					<ul class="stack">
						{recipes.map((known) => (
							<RecipeCard key={known.id} known={known} visits={visits[known.id] ?? []} writes={writes || !known.sent} />
						))}
					</ul>
					<p class="muted">{words.how}</p>
				</>
			)}
		</>
	);
}

/** Recipes travel as a file: to somebody who is in no workspace with us, and back. */
function FileButtons({ recipes }: { recipes: readonly KnownRecipe[] }) {
	const { problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const input = useRef<HTMLInputElement>(null);
	const take = (file: File) =>
		run(async () => {
			setSaid("");
			const read = readRecipeFile(await file.text());
			if ("problem" in read) throw new Error(fileProblemWords(read.problem));
			setSaid(words.imported(await bringIn(read.recipes, recipes)));
		});
	return (
		<div>
			<input
				ref={input}
				type="file"
				hidden
				accept="application/json,.json"
				aria-label={words.import}
				onChange={({ currentTarget }) => {
					const [file] = currentTarget.files ?? [];
					if (file) take(file);
					// The same file may be chosen again after it was mended.
					currentTarget.value = "";
				}}
			/>
			<div class="form-buttons">
				<Button icon="page" onPress={() => input.current?.click()}>
					{words.import}
				</Button>
				{recipes.length > 0 && (
					<Button icon="download" onPress={() => saveRecipes(words.allFileName, recipes)}>
						{words.exportAll}
					</Button>
				)}
			</div>
			<p class="deed-said" role="status">
				{said}
			</p>
			<Problem>{problem}</Problem>
		</div>
	);
}
