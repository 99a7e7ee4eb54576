import { useEffect, useState } from "preact/hooks";
import { visitOf } from "../../../background/page-recipes.ts";
import { pickOnPage } from "../../../background/pick-page.ts";
import type { CapturedDocument } from "../../../capture/draft.ts";
import type { RecipeReading } from "../../../capture/recipes/apply.ts";
import { lostFields } from "../../../capture/recipes/health.ts";
import { repaired } from "../../../capture/recipes/repaired.ts";
import { ask } from "../../../messages/ask.ts";
import { webLocks } from "../../../messages/one-at-a-time.ts";
import { keepRecipe, readRecipes, recipeVisits } from "../../../settings/recipes.ts";
import { optionsPath } from "../../options/route.ts";
import { Banner } from "../../parts/banner.tsx";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { fieldName } from "../../words/capture.ts";
import { valueWords } from "../../words/picker.ts";
import { recipeLineWords as words } from "../../words/recipes.ts";

export type RecipeLineProps = {
	document: CapturedDocument;
	readings: readonly RecipeReading[];
	/** Reads the page again, with the recipe as it is then. */
	onMended: () => void;
};

type Missing = RecipeReading["missing"];

/** One line about the recipe that filled this page: that it did, or what it did not find and where that is likely to be now. */
export function RecipeLine({ document, readings, onMended }: RecipeLineProps) {
	const [lost, setLost] = useState<{ reading: RecipeReading; missing: Missing } | null>(null);
	const [mended, setMended] = useState<string | null>(null);
	useEffect(() => void firstLost(document, readings).then(setLost), [document, readings]);
	if (mended !== null) return <Banner icon="check">{words.mended(mended)}</Banner>;
	if (lost !== null) {
		const mend = async () => {
			await mendRecipe(lost.reading, lost.missing);
			setMended(lost.reading.name);
			onMended();
		};
		return <Lost {...lost} tabId={document.tabId} url={document.url} onMend={() => void mend()} />;
	}
	const filled = readings.find(({ found }) => found.length > 0);
	if (filled === undefined) return null;
	return (
		<Banner
			icon="pick"
			action={
				<ButtonLink size="small" look="link" newTab href={optionsPath("recipes", filled.id)}>
					{words.edit}
				</ButtonLink>
			}
		>
			{words.filled(filled.name)}
		</Banner>
	);
}

type LostProps = { reading: RecipeReading; missing: Missing; tabId: number; url: string; onMend: () => void };

/** With what was found in its place where anything was; else the person points at it once more. */
function Lost({ reading, missing, tabId, url, onMend }: LostProps) {
	const [first] = missing;
	const repair = first?.repair ?? null;
	const mendable = missing.some((field) => field.repair !== null);
	const pickAnew = () => void pickOnPage(tabId, url).finally(() => window.close());
	return (
		<Banner
			tone="warn"
			icon="alert"
			action={
				<Button size="small" onPress={mendable ? onMend : pickAnew}>
					{mendable ? words.mend : words.pickAnew}
				</Button>
			}
		>
			{missing.length === 1 && first !== undefined && repair !== null
				? words.here(fieldName(first.name), reading.name, valueWords(repair.value))
				: words.lost(
						missing.map(({ name }) => fieldName(name)),
						reading.name,
					)}
		</Banner>
	);
}

/** The first recipe with fields that it used to find. */
async function firstLost(
	document: CapturedDocument,
	readings: readonly RecipeReading[],
): Promise<{ reading: RecipeReading; missing: Missing } | null> {
	const visits = await recipeVisits.getValue();
	for (const reading of readings) {
		const missing = lostFields(visits[reading.id] ?? [], { document: visitOf(document), reading });
		if (missing.length > 0) return { reading, missing };
	}
	return null;
}

async function mendRecipe({ id }: RecipeReading, missing: Missing): Promise<void> {
	const known = (await readRecipes()).find((one) => one.id === id);
	if (known === undefined) return;
	await keepRecipe(webLocks, { id, recipe: repaired(known.recipe, missing) });
	await ask("recipes.changed", {}).catch(() => undefined);
}
