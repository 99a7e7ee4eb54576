import type { RecipeSettings } from "../../../backend/contract/recipes.ts";
import type { PickRequest } from "../../capture/picker/handover.ts";
import type { RecipePlace } from "../../capture/recipes/recipe.ts";
import { Button } from "../parts/button.tsx";
import { pickerWords } from "../words/picker.ts";
import { FieldForm } from "./field-form.tsx";
import { FieldList } from "./field-list.tsx";
import type { PickerEvent, PickerState } from "./picker-state.ts";
import { SaveForm } from "./save-form.tsx";

type PanelStageProps = {
	state: PickerState;
	dispatch: (event: PickerEvent) => void;
	place: RecipePlace;
	pick: (element: Element) => void;
	/** The path of the page that is open. */
	path: string;
	sharing: PickRequest["sharing"];
	/** What the recipe is called and is for, before the person changes it. */
	head: Omit<RecipeSettings, "fields">;
	onSave: () => void;
	onClose: () => void;
};

/** What the panel shows now. */
export function PanelStage({ state, dispatch, place, pick, path, sharing, head, onSave, onClose }: PanelStageProps) {
	const { stage, fields } = state;
	const toPage = () => dispatch({ type: "to-page" });
	if (stage.at === "field")
		return (
			<FieldForm
				element={stage.element}
				choice={stage.choice}
				place={place}
				taken={new Set(fields.map(({ name }) => name))}
				onChoose={(choice) => dispatch({ type: "chosen", choice })}
				onElement={pick}
				onAdd={(field) => dispatch({ type: "added", field })}
				onBack={toPage}
			/>
		);
	if (stage.at === "save")
		return (
			<SaveForm
				{...{ stage, path, sharing, onSave }}
				onChange={(recipe) => dispatch({ type: "typed", recipe })}
				onBack={toPage}
			/>
		);
	if (stage.at === "saved") return <Saved host={head.host} onClose={onClose} />;
	if (stage.at === "leave") return <Leave onLeave={onClose} onStay={toPage} />;
	return (
		<FieldList
			fields={fields}
			place={place}
			canUndo={state.before.length > 0}
			onRemove={(name) => dispatch({ type: "removed", name })}
			onUndo={() => dispatch({ type: "undone" })}
			onDone={() => dispatch({ type: "to-save", recipe: head })}
		/>
	);
}

/** The form that had the focus is gone: the keys go on from the main button. */
const focusFirst = (buttons: HTMLElement | null): void => buttons?.querySelector("button")?.focus();

function Saved({ host, onClose }: { host: string; onClose: () => void }) {
	return (
		<>
			<p role="status">{pickerWords.saved(host)}</p>
			<div class="form-buttons" ref={focusFirst}>
				<Button look="main" onPress={onClose}>
					{pickerWords.finish}
				</Button>
			</div>
		</>
	);
}

function Leave({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
	return (
		<>
			<p role="alert">{pickerWords.leave}</p>
			<div class="form-buttons" ref={focusFirst}>
				<Button look="main" onPress={onStay}>
					{pickerWords.stay}
				</Button>
				<Button onPress={onLeave}>{pickerWords.leaveButton}</Button>
			</div>
		</>
	);
}
