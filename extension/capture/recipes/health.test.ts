import { expect, test } from "bun:test";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import type { RecipeReading } from "./apply.ts";
import { fieldHealth, lostFields, type RecipeVisit, withVisit } from "./health.ts";
import { repaired } from "./repaired.ts";

const reading = (found: string[], missing: string[] = []): RecipeReading => ({
	id: "r",
	version: 1,
	name: "Shop",
	found,
	missing: missing.map((name) => ({ name, repair: null })),
});
const visits = (...readings: RecipeReading[]): RecipeVisit[] =>
	readings.reduce<RecipeVisit[]>((all, one, at) => withVisit(all, { document: `d${at}`, reading: one }), []);

test("CAP-4: a page counts once however often it is read, and the last 20 are kept", () => {
	const once = visits(reading(["price"]), reading(["price"]));
	expect(withVisit(once, { document: "d1", reading: reading([], ["price"]) }).map(({ found }) => found)).toEqual([
		["price"],
		[],
	]);
	expect(visits(...Array.from({ length: 30 }, () => reading(["price"])))).toHaveLength(20);
});

test("CAP-4: health says of how many visits a field was found, as far as it was looked for", () => {
	const all = visits(reading(["price"]), reading(["price"], ["weight"]), reading([], ["price"]));
	expect(fieldHealth(all, ["price", "weight", "new"])).toEqual([
		{ name: "price", found: 2, visits: 3 },
		{ name: "weight", found: 0, visits: 1 },
		{ name: "new", found: 0, visits: 0 },
	]);
});

test("CAP-4: a field is lost when most earlier pages had it; not when it was seldom there, or never looked for", () => {
	const now = { document: "now", reading: reading([], ["price", "weight", "new"]) };
	const earlier = visits(
		reading(["price"], ["weight"]),
		reading(["price"], ["weight"]),
		reading(["weight"], ["price"]),
	);
	expect(lostFields(withVisit(earlier, now), now).map(({ name }) => name)).toEqual(["price"]);
});

test("CAP-4: a mended recipe looks first where the field is now, and then where it was, because other pages may be as before", () => {
	const field = (name: string, ...selectors: string[]): RecipeField => ({ name, type: "text", selectors });
	const recipe = {
		name: "Shop",
		host: "a.test",
		path: "/",
		kind: "page",
		fields: [field("a", ".old", "p"), field("b", ".b")],
	};
	const value = { type: "text", value: "x" } as const;
	const missing = [
		{ name: "a", repair: { selectors: [".new", "p"], value } },
		{ name: "b", repair: null },
	];
	expect(repaired(recipe, missing).fields).toEqual([field("a", ".new", "p", ".old"), field("b", ".b")]);
	const many = Array.from({ length: 12 }, (_, at) => `.n${at}`);
	const [first] = repaired(recipe, [{ name: "a", repair: { selectors: many, value } }]).fields;
	expect(first?.selectors).toHaveLength(10);
});
