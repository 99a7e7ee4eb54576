import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import { type Choice, countSimilar, fieldOf, valueIn } from "../../capture/picker/field-of.ts";
import { typeOfName } from "../../capture/picker/guess.ts";
import { walk } from "../../capture/picker/walk.ts";
import type { RecipePlace } from "../../capture/recipes/recipe.ts";
import { Button, SubmitButton } from "../parts/button.tsx";
import { fieldName } from "../words/capture.ts";
import { pickerWords, valueWords } from "../words/picker.ts";
import { nameOf, namesByLabel } from "./field-names.ts";

const types: readonly FieldType[] = ["text", "number", "currency", "date", "url", "image", "list", "boolean"];

type FieldFormProps = {
	element: Element;
	choice: Choice;
	place: RecipePlace;
	/** Names that are picked already. */
	taken: ReadonlySet<string>;
	onChoose: (choice: Choice) => void;
	onElement: (element: Element) => void;
	onAdd: (field: RecipeField) => void;
	onBack: () => void;
};

/** Names what was clicked: its field, its type, whether all like it are meant, with its value as it would be captured. */
export function FieldForm({ element, choice, place, taken, onChoose, onElement, onAdd, onBack }: FieldFormProps) {
	const [typed, setTyped] = useState(choice.name === "" ? "" : fieldName(choice.name));
	const [nameless, setNameless] = useState(false);
	const input = useRef<HTMLInputElement>(null);
	useLayoutEffect(() => {
		setTyped(choice.name === "" ? "" : fieldName(choice.name));
		input.current?.focus();
		input.current?.select();
	}, [element]);
	const field = fieldOf(element, choice);
	const onName = (text: string) => {
		setTyped(text);
		setNameless(false);
		const name = nameOf(text);
		onChoose({ ...choice, name, type: typeOfName(name) ?? choice.type });
	};
	const onSubmit = (event: Event) => {
		event.preventDefault();
		if (choice.name !== "") return onAdd(field);
		setNameless(true);
		input.current?.focus();
	};
	return (
		<form class="picker-form" onSubmit={onSubmit}>
			<NameLine {...{ typed, nameless, input, onName }} />
			{taken.has(choice.name) && <p class="muted">{pickerWords.replaces(fieldName(choice.name))}</p>}
			<TypeLine type={field.type} onType={(type) => onChoose({ ...choice, type })} />
			<AllLine
				element={element}
				all={choice.all}
				onAll={(all) =>
					onChoose({ ...choice, all, type: all ? "list" : choice.type === "list" ? "text" : choice.type })
				}
			/>
			<ValueLine value={valueIn(element, field, place)} />
			<div class="form-buttons">
				<SubmitButton busy={null}>{pickerWords.add}</SubmitButton>
				<Button onPress={() => onElement(walk(element, "out"))}>{pickerWords.wider}</Button>
				<Button look="quiet" onPress={onBack}>
					{pickerWords.back}
				</Button>
			</div>
		</form>
	);
}

function ValueLine({ value }: { value: FieldValue | null }) {
	return (
		<div class="form-line">
			<span class="line-label">{pickerWords.valueLabel}</span>
			<output class={value === null ? "picked-value muted" : "picked-value"} dir="auto">
				{value === null ? pickerWords.noValue : valueWords(value)}
			</output>
		</div>
	);
}

type NameLineProps = {
	typed: string;
	nameless: boolean;
	input: { current: HTMLInputElement | null };
	onName: (text: string) => void;
};

function NameLine({ typed, nameless, input, onName }: NameLineProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{pickerWords.nameLabel}</label>
			<input
				id={id}
				ref={input}
				class="input"
				list={`${id}-names`}
				maxLength={128}
				autocomplete="off"
				aria-invalid={nameless}
				aria-describedby={`${id}-problem`}
				value={typed}
				onInput={(event) => onName(event.currentTarget.value)}
			/>
			<datalist id={`${id}-names`}>
				{[...namesByLabel.values()].map((name) => (
					<option key={name} value={fieldName(name)} />
				))}
			</datalist>
			<span id={`${id}-problem`} class="picker-problem" role="alert">
				{nameless && pickerWords.nameNeeded}
			</span>
		</div>
	);
}

function TypeLine({ type, onType }: { type: FieldType; onType: (type: FieldType) => void }) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{pickerWords.typeLabel}</label>
			<select
				id={id}
				class="input"
				value={type}
				onChange={(event) => onType(types.find((one) => one === event.currentTarget.value) ?? type)}
			>
				{types.map((one) => (
					<option key={one} value={one}>
						{pickerWords.types[one]}
					</option>
				))}
			</select>
		</div>
	);
}

/** Nothing where it stands alone. */
function AllLine({ element, all, onAll }: { element: Element; all: boolean; onAll: (all: boolean) => void }) {
	const name = useId();
	const count = countSimilar(element);
	if (count < 2) return null;
	return (
		<div class="choices">
			{[false, true].map((one) => (
				<label class="choice" key={String(one)}>
					<input class="check" type="radio" name={name} checked={all === one} onChange={() => onAll(one)} />
					{one ? pickerWords.all(count) : pickerWords.one}
				</label>
			))}
		</div>
	);
}
