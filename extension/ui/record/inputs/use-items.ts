import { useState } from "preact/hooks";
import type { FormValue, ListInputKind } from "../input-kinds.ts";

type Items = Extract<FormValue, { input: ListInputKind }>;

type ItemsOptions = {
	value: Items;
	onChange: (value: Items) => void;
	/** The keys that add what is typed. */
	addsAt: readonly string[];
};

/** A list that grows by what is typed, each text once, and shrinks by what is pressed; what is typed is added too when the field is left. */
export function useItems({ value, onChange, addsAt }: ItemsOptions) {
	const [text, setText] = useState("");
	const set = (items: string[]) => onChange({ ...value, items });
	const add = () => {
		const item = text.trim();
		if (item && !value.items.includes(item)) set([...value.items, item]);
		setText("");
	};
	return {
		text,
		remove: (item: string) => set(value.items.filter((other) => other !== item)),
		removeLast: () => set(value.items.slice(0, -1)),
		onInput: (event: { currentTarget: HTMLInputElement }) => setText(event.currentTarget.value),
		onBlur: add,
		onKeyDown: (event: KeyboardEvent) => {
			if (!addsAt.includes(event.key) || !text.trim()) return;
			add();
			// With a modifier it sends the record, and what stands here goes with it.
			if (!event.metaKey && !event.ctrlKey) event.preventDefault();
		},
	};
}
