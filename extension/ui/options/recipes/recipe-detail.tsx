import { useId } from "preact/hooks";
import type { RecipeField } from "../../../../backend/contract/recipes.ts";
import { type FieldHealth, fieldHealth, type RecipeVisit } from "../../../capture/recipes/health.ts";
import type { KnownRecipe } from "../../../settings/recipes.ts";
import { Row } from "../../parts/row.tsx";
import { fieldName } from "../../words/capture.ts";
import { pickerWords } from "../../words/picker.ts";
import { recipesWords as words } from "../../words/recipes.ts";
import { useWorld } from "../context.ts";
import { isAiling, RecipeHealth } from "./health.tsx";
import { RecipeVersions } from "./recipe-versions.tsx";

/** One recipe in full: each field with where it looks and how often that was right, and every version there was. */
export function RecipeDetail({ known, visits }: { known: KnownRecipe; visits: readonly RecipeVisit[] }) {
	const { recipe } = known;
	const { account } = useWorld().settings;
	const names = recipe.fields.map(({ name }) => name);
	const health = new Map(fieldHealth(visits, names).map((field) => [field.name, field]));
	const [fieldsId, versionsId] = [useId(), useId()];
	return (
		<>
			<div class="item-head">
				<h2 class="sub-title">{recipe.name}</h2>
				<RecipeHealth visits={visits} names={names} />
			</div>
			<p class="muted">
				<bdi>{`${recipe.host}${recipe.path}`}</bdi>
			</p>
			<section class="section" aria-labelledby={fieldsId}>
				<h2 id={fieldsId}>{words.fields}</h2>
				<ul class="card rows">
					{recipe.fields.map((field) => (
						<FieldRow key={field.name} field={field} health={health.get(field.name)} />
					))}
				</ul>
			</section>
			<section class="section" aria-labelledby={versionsId}>
				<h2 id={versionsId}>{words.versions}</h2>
				{account !== null && known.sent ? (
					<RecipeVersions known={known} />
				) : (
					<p class="muted">{account === null ? words.guestVersions : words.onThisDevice}</p>
				)}
			</section>
		</>
	);
}

function FieldRow({ field, health }: { field: RecipeField; health: FieldHealth | undefined }) {
	const [first = "", ...others] = field.selectors;
	const seen = health !== undefined && health.visits > 0 ? health : null;
	return (
		<Row
			mark={{ icon: seen === null ? "hollow" : isAiling(seen) ? "alert" : "check" }}
			title={fieldName(field.name)}
			notes={[
				pickerWords.types[field.type],
				<code key="first" dir="ltr" title={field.selectors.join("\n")}>
					{first}
				</code>,
				others.length > 0 ? words.fallbacks(others.length) : null,
			]}
		>
			{seen !== null && <span class="muted">{words.found(seen.found, seen.visits)}</span>}
		</Row>
	);
}
