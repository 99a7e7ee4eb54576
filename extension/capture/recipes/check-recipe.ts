import type { FieldType } from "../../../backend/contract/fields.ts";
import type { RecipeField, RecipeSettings, RecipeStep } from "../../../backend/contract/recipes.ts";
import { isQuickSelector } from "./quick-selector.ts";

/** What is wrong with a recipe that came from somewhere else: which part, and of which recipe and field as far as they have a name. */
export type RecipeProblem = {
	what:
		| "recipe"
		| "size"
		| "name"
		| "host"
		| "path"
		| "kind"
		| "fields"
		| "field-name"
		| "field-twice"
		| "type"
		| "selectors"
		| "slow"
		| "attribute"
		| "steps";
	recipe: string;
	field: string;
};

/** A problem is thrown inside this file and nowhere else. */
class Wrong extends Error {
	readonly what: RecipeProblem["what"];
	readonly field: string;
	constructor(what: RecipeProblem["what"], field = "") {
		super(what);
		this.what = what;
		this.field = field;
	}
}

const types: ReadonlySet<string> = new Set<FieldType>([
	"text",
	"markdown",
	"url",
	"image",
	"date",
	"number",
	"boolean",
	"currency",
	"list",
]);

/** Of the whole, as JSON. */
const maxBytes = 16_384;

/**
 * A recipe out of whatever came (a file, a message from a page's process, the workspace), with nothing in it that a recipe does not have; the same bounds
 * as the backend's (contract/recipes.ts), so that what passes here is taken there, and no selector that would hold a page up.
 */
export function checkRecipe(value: unknown): { recipe: RecipeSettings } | { problem: RecipeProblem } {
	const name = textIn(value, "name") ?? "";
	try {
		return { recipe: recipeOf(value) };
	} catch (error) {
		if (!(error instanceof Wrong)) throw error;
		return { problem: { what: error.what, recipe: name, field: error.field } };
	}
}

function recipeOf(value: unknown): RecipeSettings {
	if (!isObject(value)) throw new Wrong("recipe");
	const fields = valueIn(value, "fields");
	if (!Array.isArray(fields) || fields.length === 0 || fields.length > 60) throw new Wrong("fields");
	const checked = fields.map(fieldOf);
	const twice = checked.find(({ name }, at) => checked.findIndex((one) => one.name === name) !== at);
	if (twice !== undefined) throw new Wrong("field-twice", twice.name);
	const recipe: RecipeSettings = {
		name: text(value, "name", { what: "name", max: 80 }),
		host: text(value, "host", { what: "host", max: 255, like: /^(\*\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$/ }),
		path: text(value, "path", { what: "path", max: 500, like: /^\/[^\s?#]{0,499}$/ }),
		kind: text(value, "kind", { what: "kind", max: 40, like: /^[a-z][a-z0-9_]{0,39}$/ }),
		fields: checked,
	};
	if (new TextEncoder().encode(JSON.stringify(recipe)).length > maxBytes) throw new Wrong("size");
	return recipe;
}

function fieldOf(value: unknown): RecipeField {
	const name = text(value, "name", { what: "field-name", max: 128 });
	const type = text(value, "type", { what: "type", max: 20, field: name });
	if (!isFieldType(type)) throw new Wrong("type", name);
	const field: RecipeField = { name, type, selectors: selectorsOf(value, name) };
	if (valueIn(value, "attribute") !== undefined) {
		const like = /^[A-Za-z_][A-Za-z0-9_.:-]{0,79}$/;
		field.attribute = text(value, "attribute", { what: "attribute", max: 80, like, field: name });
	}
	if (valueIn(value, "many") === true) field.many = true;
	const steps = valueIn(value, "transforms");
	if (steps !== undefined) field.transforms = stepsOf(steps, name);
	return field;
}

function selectorsOf(value: unknown, name: string): string[] {
	const selectors = valueIn(value, "selectors");
	if (!Array.isArray(selectors) || selectors.length === 0 || selectors.length > 10) throw new Wrong("selectors", name);
	return selectors.map((selector: unknown) => {
		if (typeof selector !== "string" || selector.trim() === "" || selector.length > 500)
			throw new Wrong("selectors", name);
		if (!isQuickSelector(selector)) throw new Wrong("slow", name);
		return selector;
	});
}

function stepsOf(steps: unknown, name: string): RecipeStep[] {
	if (!Array.isArray(steps) || steps.length === 0 || steps.length > 10) throw new Wrong("steps", name);
	return steps.map((step: unknown) => stepOf(step, name));
}

function stepOf(step: unknown, name: string): RecipeStep {
	const kind = textIn(step, "kind");
	if (kind === "trim" || kind === "url") return { kind };
	const decimal = textIn(step, "decimal");
	if (kind === "number" && (decimal === "." || decimal === "," || decimal === "auto")) return { kind, decimal };
	const separator = textIn(step, "separator") ?? "";
	const take = valueIn(step, "take");
	const isPlace = typeof take === "number" && Number.isInteger(take) && Math.abs(take) <= 100;
	if (kind !== "split" || separator === "" || separator.length > 20 || (take !== undefined && !isPlace))
		throw new Wrong("steps", name);
	return isPlace ? { kind, separator, take } : { kind, separator };
}

type Text = { what: RecipeProblem["what"]; max: number; like?: RegExp; field?: string };

function text(value: unknown, key: string, { what, max, like, field = "" }: Text): string {
	const found = textIn(value, key)?.trim() ?? "";
	if (found === "" || found.length > max || (like !== undefined && !like.test(found))) throw new Wrong(what, field);
	return found;
}

const isFieldType = (type: string): type is FieldType => types.has(type);

const isObject = (value: unknown): value is object =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** Own keys only: a file may say `__proto__`. */
const valueIn = (value: unknown, key: string): unknown =>
	isObject(value) && Object.hasOwn(value, key) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;

function textIn(value: unknown, key: string): string | undefined {
	const found = valueIn(value, key);
	return typeof found === "string" ? found : undefined;
}
