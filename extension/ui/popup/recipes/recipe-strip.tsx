import { lazy } from "../../parts/lazy.tsx";
import type { PageReading } from "../read-page.ts";
import type { RecipeLineProps } from "./recipe-line.tsx";

const RecipeLine = lazy<RecipeLineProps>(async () => (await import("./recipe-line.tsx")).RecipeLine);

/** What there is to say of the recipes for this page; nothing on a page that none is for, and then nothing of it is loaded. */
export function RecipeStrip({ page, onMended }: { page: PageReading; onMended: () => void }) {
	if (page.kind !== "read" || page.recipes === undefined || page.recipes.length === 0) return null;
	return <RecipeLine document={page.document} readings={page.recipes} onMended={onMended} />;
}
