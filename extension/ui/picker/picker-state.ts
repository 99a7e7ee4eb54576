import type { RecipeField, RecipeSettings } from "../../../backend/contract/recipes.ts";
import type { Choice } from "../../capture/picker/field-of.ts";

/** What is being shown: the page to pick from, the form for what was picked, the form for the recipe, or that it is saved. */
export type Stage =
	| { at: "page" }
	| { at: "field"; element: Element; choice: Choice }
	| { at: "save"; recipe: Omit<RecipeSettings, "fields">; busy: boolean; problem: string | null }
	| { at: "leave" }
	| { at: "saved" };

export type PickerState = {
	fields: readonly RecipeField[];
	/** What it was before each change, the last one at the end. */
	before: readonly (readonly RecipeField[])[];
	/** What the recipe of this page had when the picker was opened. */
	opened: readonly RecipeField[];
	stage: Stage;
};

export type PickerEvent =
	| { type: "picked"; element: Element; choice: Choice }
	| { type: "chosen"; choice: Choice }
	| { type: "added"; field: RecipeField }
	| { type: "removed"; name: string }
	| { type: "undone" }
	| { type: "to-page" }
	| { type: "to-save"; recipe: Omit<RecipeSettings, "fields"> }
	| { type: "to-leave" }
	| { type: "typed"; recipe: Omit<RecipeSettings, "fields"> }
	| { type: "saving" }
	| { type: "refused"; message: string }
	| { type: "saved" };

export function startState(fields: readonly RecipeField[]): PickerState {
	return { fields, before: [], opened: fields, stage: { at: "page" } };
}

/** Whether something would be lost by leaving now. */
export const isChanged = ({ fields, opened, stage }: PickerState): boolean => fields !== opened && stage.at !== "saved";

/** Pure: the overlay feeds it. */
export function pickerReducer(state: PickerState, event: PickerEvent): PickerState {
	const to = (stage: Stage): PickerState => ({ ...state, stage });
	const { stage } = state;
	switch (event.type) {
		case "picked":
			return to({ at: "field", element: event.element, choice: event.choice });
		case "chosen":
			return stage.at === "field" ? to({ ...stage, choice: event.choice }) : state;
		case "added":
			return withFields(state, [...state.fields.filter(({ name }) => name !== event.field.name), event.field]);
		case "removed":
			return withFields(
				state,
				state.fields.filter(({ name }) => name !== event.name),
			);
		case "undone":
			return undone(state);
		case "to-page":
			return to({ at: "page" });
		case "to-save":
			return state.fields.length > 0 ? to({ at: "save", recipe: event.recipe, busy: false, problem: null }) : state;
		case "to-leave":
			return to({ at: "leave" });
		case "typed":
			return stage.at === "save" ? to({ ...stage, recipe: event.recipe, problem: null }) : state;
		case "saving":
			return stage.at === "save" ? to({ ...stage, busy: true, problem: null }) : state;
		case "refused":
			return stage.at === "save" ? to({ ...stage, busy: false, problem: event.message }) : state;
		case "saved":
			return to({ at: "saved" });
	}
}

function withFields(state: PickerState, fields: readonly RecipeField[]): PickerState {
	return { ...state, fields, before: [...state.before, state.fields], stage: { at: "page" } };
}

function undone(state: PickerState): PickerState {
	const fields = state.before.at(-1);
	return fields === undefined ? state : { ...state, fields, before: state.before.slice(0, -1), stage: { at: "page" } };
}
