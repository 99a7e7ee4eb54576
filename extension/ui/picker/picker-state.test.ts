import { expect, test } from "bun:test";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import { isChanged, type PickerEvent, pickerReducer, startState } from "./picker-state.ts";

const field = (name: string, ...selectors: string[]): RecipeField => ({ name, type: "text", selectors });
const recipe = { name: "Shop", host: "shop.example", path: "/p/*", kind: "product" };
const after = (...events: PickerEvent[]) => events.reduce(pickerReducer, startState([field("title", "h1")]));
const names = (...events: PickerEvent[]) => after(...events).fields.map(({ name }) => name);
const added = (name: string): PickerEvent => ({ type: "added", field: field(name, "p") });

test("CAP-4: fields are added and removed, one of a name there is goes in its place, and each step is undone", () => {
	expect(names(added("price"), added("weight"))).toEqual(["title", "price", "weight"]);
	expect(names(added("price"), { type: "removed", name: "title" })).toEqual(["price"]);
	expect(after(added("title")).fields).toEqual([field("title", "p")]);
	expect(names(added("price"), { type: "removed", name: "title" }, { type: "undone" })).toEqual(["title", "price"]);
	expect(names(added("price"), { type: "undone" }, { type: "undone" })).toEqual(["title"]);
});

test("CAP-4: leaving asks only where something would be lost", () => {
	expect(isChanged(after())).toBe(false);
	expect(isChanged(after(added("price")))).toBe(true);
	expect(isChanged(after(added("price"), { type: "undone" }))).toBe(false);
	expect(isChanged(after(added("price"), { type: "saved" }))).toBe(false);
});

test("CAP-4: without a field there is nothing to save; what was refused can be changed and saved again", () => {
	const saving: PickerEvent[] = [{ type: "to-save", recipe }, { type: "saving" }];
	expect(after({ type: "removed", name: "title" }, ...saving).stage).toEqual({ at: "page" });
	expect(after(...saving).stage).toMatchObject({ at: "save", busy: true });
	const refused = after(...saving, { type: "refused", message: "No." });
	expect(refused.stage).toMatchObject({ busy: false, problem: "No." });
	expect(pickerReducer(refused, { type: "typed", recipe: { ...recipe, name: "Mine" } }).stage).toMatchObject({
		recipe: { name: "Mine" },
		problem: null,
	});
});
