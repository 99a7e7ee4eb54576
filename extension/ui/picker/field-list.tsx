import type { RecipeField } from "../../../backend/contract/recipes.ts";
import { readField } from "../../capture/recipes/read-field.ts";
import type { RecipePlace } from "../../capture/recipes/recipe.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { fieldName } from "../words/capture.ts";
import { pickerWords, valueWords } from "../words/picker.ts";

type FieldListProps = {
	fields: readonly RecipeField[];
	place: RecipePlace;
	canUndo: boolean;
	onRemove: (name: string) => void;
	onUndo: () => void;
	onDone: () => void;
};

/** What is picked so far with what it says on this page, and the way on. */
export function FieldList({ fields, place, canUndo, onRemove, onUndo, onDone }: FieldListProps) {
	return (
		<>
			<p>{pickerWords.hint}</p>
			<p class="muted">{pickerWords.keys}</p>
			<h2 class="picker-heading">{pickerWords.fields}</h2>
			{fields.length === 0 ? (
				<p class="muted">{pickerWords.noFields}</p>
			) : (
				<ul class="picked-list">
					{fields.map((field) => (
						<PickedField key={field.name} field={field} place={place} onRemove={onRemove} />
					))}
				</ul>
			)}
			<div class="form-buttons">
				<Button look="main" disabled={fields.length === 0} onPress={onDone}>
					{pickerWords.done}
				</Button>
				{canUndo && <Button onPress={onUndo}>{pickerWords.undo}</Button>}
			</div>
		</>
	);
}

function PickedField({ field, place, onRemove }: Pick<FieldListProps, "place" | "onRemove"> & { field: RecipeField }) {
	const reading = readField(field, place);
	const name = fieldName(field.name);
	return (
		<li class="picked">
			<span class="picked-name clip">{name}</span>
			<span class={reading === null ? "clip muted" : "clip"} dir="auto">
				{reading === null ? pickerWords.notHere : valueWords(reading.value)}
			</span>
			<IconButton icon="close" size="small" label={pickerWords.remove(name)} onPress={() => onRemove(field.name)} />
		</li>
	);
}
