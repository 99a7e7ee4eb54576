import type { Findings, Located } from "../findings.ts";
import { labelled } from "../heuristics/labels.ts";
import { namedText, nameWord } from "../heuristics/named.ts";
import { shownPicture } from "../heuristics/pictures.ts";
import { shownRating } from "../heuristics/ratings.ts";
import { linesIn, type Section, sectionOf } from "../heuristics/sections.ts";
import { placeOf } from "../heuristics/snippets.ts";
import type { PageView } from "../page-view.ts";
import { parseMinutes } from "../values/duration.ts";

const ingredients =
	/ingredient|zutaten|ingrédients|ingredientes|ingredienti|ingrediënten|ingredienser|ainekset|ingredience|suroviny|składniki|ингредиенты|інгредієнти|malzemeler|材料|用料|食材|재료|المكونات|المقادير|מרכיבים|مواد لازم|सामग्री|ส่วนผสม|nguyên liệu|bahan/iu;
const steps =
	/^(?:instructions?|method|directions?|preparation|steps|how to make|zubereitung|anleitung|préparation|étapes|preparaci[óo]n|elaboraci[óo]n|instrucciones|modo de (?:preparo|fazer)|preparo|preparazione|procedimento|bereiding|bereidingswijze|tillagning|gör så här|fremgangsmåte|fremgangsmåde|valmistus|postup|příprava|przygotowanie|sposób przygotowania|приготовление|способ приготовления|приготування|hazırlanışı|yapılışı|作り方|手順|做法|步骤|만드는\s?(?:법|방법)|조리순서|طريقة (?:التحضير|العمل)|אופן ההכנה|הכנה|طرز تهیه|विधि|วิธีทำ|cách (?:làm|nấu)|cara membuat)/iu;

const listed = (section: Section | null): Located<string[]> | null => {
	if (section === null) return null;
	const lines = linesIn(section.elements).map((line) => line.replace(/^\d{1,2}[.)]\s+/, ""));
	return lines.length < 2 ? null : { value: lines, path: placeOf({ element: section.heading }), confidence: 0.6 };
};

export type ShownRecipe = { ingredients: Located<string[]>; instructions: Located<string[]> };

/** What the page shows below headings for ingredients and steps, or null when it has not both. */
export const shownRecipe = (page: PageView): ShownRecipe | null => {
	const first = listed(sectionOf(page, ingredients));
	const second = first === null ? null : listed(sectionOf(page, steps));
	return first === null || second === null ? null : { ingredients: first, instructions: second };
};

const servingText =
	/\d+\s*(?:人分|人份|인분|servings?|portion\p{L}*|personen|personnes|raciones|porciones|porções|porzioni|personer|porc\p{L}*|порци\p{L}*|kişilik|लोग)/iu;

const servings = (page: PageView): Located<string> | null => {
	const said =
		labelled(page.snippets()).get("servings")?.value ??
		namedText(page.snippets(), nameWord("servings|yield|yields|portions|portionen|servings-for"), { maxChars: 40 });
	if (said === null || said === undefined) return null;
	return { ...said, value: servingText.exec(said.value)?.[0] ?? said.value.replace(/^\(|\)$/g, "") };
};

/** What the page shows of a recipe below whatever it says in data. */
export const readShownRecipe = (page: PageView, found: Findings): void => {
	const shown = shownRecipe(page);
	const labels = labelled(page.snippets());
	const minutes = (name: "prepMinutes" | "cookMinutes" | "totalMinutes"): Located<number> | null => {
		const said = labels.get(name)?.value;
		const value = said && parseMinutes(said.value, page.language);
		return said && value ? { ...said, value } : null;
	};
	found.offerAll(
		{
			ingredients: shown?.ingredients ?? null,
			instructions: shown?.instructions ?? null,
			servings: servings(page),
			prepMinutes: minutes("prepMinutes"),
			cookMinutes: minutes("cookMinutes"),
			totalMinutes: minutes("totalMinutes"),
			calories: labels.get("calories")?.value ?? namedText(page.snippets(), /calorie|kcal/, { maxChars: 20 }),
			cuisine: labels.get("cuisine")?.value ?? null,
			image: page.meta.has("og:image") ? null : shownPicture(page, { wide: true }),
			...shownRating(page.snippets()),
		},
		"content",
	);
};
