import { useState } from "preact/hooks";
import { Icon } from "../parts/icon.tsx";
import { formWords } from "../words/form.ts";
import type { FormValue } from "./form-values.ts";

export type FieldInputProps<Value extends FormValue = FormValue> = {
	id: string;
	label: string;
	value: Value;
	onChange: (value: FormValue) => void;
	/** The sentence shown under the input; it is announced with it. */
	problem?: string | undefined;
};

/** The typed input for one value. */
export function FieldInput({ value, ...rest }: FieldInputProps) {
	switch (value.input) {
		case "boolean":
			return <BooleanInput {...rest} value={value} />;
		case "list":
			return <ListInput {...rest} value={value} />;
		case "currency":
			return <CurrencyInput {...rest} value={value} />;
		default:
			return <TextInput {...rest} value={value} />;
	}
}

const described = (id: string, problem: string | undefined) =>
	problem ? ({ "aria-invalid": "true", "aria-describedby": `${id}-problem` } as const) : {};

type TextForm = Extract<FormValue, { input: "text" | "long_text" | "url" | "number" | "date" }>;

function TextInput({ id, value, onChange, problem }: FieldInputProps<TextForm>) {
	const shared = {
		id,
		class: "input",
		value: value.text,
		onInput: (event: { currentTarget: { value: string } }) => onChange({ ...value, text: event.currentTarget.value }),
		...described(id, problem),
	};
	if (value.input === "long_text") return <textarea {...shared} rows={1} />;
	if (value.input === "number") return <input {...shared} type="text" inputMode="decimal" autocomplete="off" />;
	if (value.input === "date") return <input {...shared} type="date" />;
	// Not type="url": the browser's own check would stop the form with words that are not ours.
	if (value.input === "url")
		return <input {...shared} type="text" inputMode="url" autocomplete="off" spellcheck={false} />;
	return <input {...shared} type="text" autocomplete="off" />;
}

function BooleanInput({ id, value, onChange }: FieldInputProps<Extract<FormValue, { input: "boolean" }>>) {
	return (
		<input
			id={id}
			class="check"
			type="checkbox"
			checked={value.checked}
			onChange={(event) => onChange({ input: "boolean", checked: event.currentTarget.checked })}
		/>
	);
}

function CurrencyInput({
	id,
	label,
	value,
	onChange,
	problem,
}: FieldInputProps<Extract<FormValue, { input: "currency" }>>) {
	return (
		<span class="currency">
			<input
				id={id}
				class="input"
				type="text"
				inputMode="decimal"
				autocomplete="off"
				value={value.text}
				onInput={(event) => onChange({ ...value, text: event.currentTarget.value })}
				{...described(id, problem)}
			/>
			<input
				class="input currency-code"
				type="text"
				autocomplete="off"
				spellcheck={false}
				maxLength={3}
				placeholder="EUR"
				aria-label={formWords.currencyOf(label)}
				value={value.currency}
				onInput={(event) => onChange({ ...value, currency: event.currentTarget.value.toUpperCase() })}
			/>
		</span>
	);
}

function ListInput({ id, label, value, onChange }: FieldInputProps<Extract<FormValue, { input: "list" }>>) {
	const [text, setText] = useState("");
	const set = (items: string[]) => onChange({ input: "list", items });
	const add = () => {
		const item = text.trim();
		if (item && !value.items.includes(item)) set([...value.items, item]);
		setText("");
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const adding = (event.key === "Enter" && !event.metaKey && !event.ctrlKey) || event.key === ",";
		if (adding && text.trim()) {
			event.preventDefault();
			add();
		}
		if (event.key === "Backspace" && text === "") set(value.items.slice(0, -1));
	};
	return (
		<span class="chips">
			{value.items.map((item) => (
				<span class="chip" key={item}>
					<span class="chip-text">{item}</span>
					<button
						type="button"
						class="chip-remove"
						aria-label={formWords.listRemove(item)}
						onClick={() => set(value.items.filter((other) => other !== item))}
					>
						<Icon name="close" />
					</button>
				</span>
			))}
			<input
				id={id}
				type="text"
				autocomplete="off"
				aria-label={formWords.listAdd(label)}
				placeholder={value.items.length === 0 ? formWords.listAddPlaceholder : "+"}
				value={text}
				onInput={(event) => setText(event.currentTarget.value)}
				onKeyDown={onKeyDown}
				onBlur={add}
			/>
		</span>
	);
}
