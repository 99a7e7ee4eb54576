import { type FieldHealth, fieldHealth, type RecipeVisit } from "../../../capture/recipes/health.ts";
import { Icon } from "../../parts/icon.tsx";
import { recipesWords as words } from "../../words/recipes.ts";

/** Fewer say little. */
const enoughVisits = 2;

/** Whether a field is missing on so many of the last pages that somebody should look at it. */
export const isAiling = ({ found, visits }: FieldHealth): boolean => visits >= enoughVisits && found * 2 < visits;

/** How a recipe fares on this device, in one line with a mark. */
export function RecipeHealth({ visits, names }: { visits: readonly RecipeVisit[]; names: readonly string[] }) {
	const ailing = fieldHealth(visits, names).filter(isAiling).length;
	if (visits.length === 0) return <span class="muted">{words.unseen}</span>;
	return (
		<span class="health" data-status={ailing > 0 ? "failing" : "healthy"}>
			<Icon name={ailing > 0 ? "alert" : "check"} />
			{ailing > 0 ? words.ailing(ailing) : words.healthy}
		</span>
	);
}
