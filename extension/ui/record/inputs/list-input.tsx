import { useState } from "preact/hooks";
import { formWords } from "../../words/form.ts";
import type { FormValue, ListInputKind } from "../input-kinds.ts";
import { Chip } from "./chip.tsx";
import { described, type FieldInputProps } from "./input-props.ts";

/** Any number of short texts. */
export function ListInput({ value, onChange, ...rest }: FieldInputProps<Extract<FormValue, { input: ListInputKind }>>) {
	const [text, setText] = useState("");
	const set = (items: string[]) => onChange({ ...value, items });
	const add = () => {
		const item = text.trim();
		if (item && !value.items.includes(item)) set([...value.items, item]);
		setText("");
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if ((event.key === "Enter" || event.key === ",") && text.trim()) {
			add();
			// With a modifier it sends the record, and what stands here goes with it.
			if (!event.metaKey && !event.ctrlKey) event.preventDefault();
		}
		if (event.key === "Backspace" && text === "") set(value.items.slice(0, -1));
	};
	return (
		<span class="chips">
			{value.items.map((item) => (
				<Chip key={item} text={item} onRemove={() => set(value.items.filter((other) => other !== item))} />
			))}
			<input
				id={rest.id}
				type="text"
				autocomplete="off"
				aria-label={formWords.listAdd(rest.label)}
				placeholder={value.items.length === 0 ? formWords.listAddPlaceholder : "+"}
				value={text}
				onInput={(event) => setText(event.currentTarget.value)}
				onKeyDown={onKeyDown}
				onBlur={add}
				{...described(rest)}
			/>
		</span>
	);
}
