import { formWords } from "../../words/form.ts";
import type { FormValue, ListInputKind } from "../input-kinds.ts";
import { Chip } from "./chip.tsx";
import { described, type FieldInputProps } from "./input-props.ts";
import { useItems } from "./use-items.ts";

/** Any number of short texts. */
export function ListInput({ value, onChange, ...rest }: FieldInputProps<Extract<FormValue, { input: ListInputKind }>>) {
	const { text, remove, removeLast, onInput, onBlur, ...list } = useItems({ value, onChange, addsAt: ["Enter", ","] });
	const onKeyDown = (event: KeyboardEvent) => {
		list.onKeyDown(event);
		if (event.key === "Backspace" && text === "") removeLast();
	};
	return (
		<span class="chips">
			{value.items.map((item) => (
				<Chip key={item} text={item} onRemove={() => remove(item)} />
			))}
			<input
				id={rest.id}
				type="text"
				autocomplete="off"
				aria-label={formWords.listAdd(rest.label)}
				placeholder={value.items.length === 0 ? formWords.listAddPlaceholder : "+"}
				value={text}
				onInput={onInput}
				onKeyDown={onKeyDown}
				onBlur={onBlur}
				{...described(rest)}
			/>
		</span>
	);
}
