import { useState } from "preact/hooks";
import { inputWords } from "../../words/inputs.ts";
import type { FormValue, ListInputKind, TextInputKind } from "../input-kinds.ts";
import { ChoiceBox } from "./choice-box.tsx";
import { choiceOptions } from "./choice-options.ts";
import type { FieldInputProps } from "./input-props.ts";

type Choice = Extract<FormValue, { input: ListInputKind | TextInputKind }>;

/** One choice of a column, or several. A new one is offered only where the destination adds it. */
export function ChoiceInput({ value, column, onChange, ...rest }: FieldInputProps<Choice>) {
	const [typed, setTyped] = useState<string | null>(null);
	const single = !("items" in value);
	const chosen = "items" in value ? value.items : value.text === "" ? [] : [value.text];
	const options = column?.options ?? [];
	const canCreate = column?.takesNewOptions === true;
	const strange = canCreate ? undefined : chosen.find((one) => !options.includes(one));
	const write = (values: string[]) =>
		onChange("items" in value ? { ...value, items: values } : { ...value, text: values[0] ?? "" });
	return (
		<ChoiceBox
			{...rest}
			single={single}
			chosen={chosen.map((one) => ({ value: one, text: one, strange: !canCreate && !options.includes(one) }))}
			typed={typed}
			onType={setTyped}
			options={choiceOptions({ options, chosen, typed: typed ?? "", canCreate })}
			none={typed ? inputWords.noneFound(typed) : chosen.length > 0 ? inputWords.allChosen : inputWords.noChoicesYet}
			placeholder={inputWords.choose}
			note={strange === undefined ? null : inputWords.unknownChoice(strange, rest.label)}
			onChange={write}
		/>
	);
}
