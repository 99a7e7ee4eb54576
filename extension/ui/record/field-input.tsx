import { formWords } from "../words/form.ts";
import { inputWords } from "../words/inputs.ts";
import type { FormValue, TextInputKind } from "./input-kinds.ts";
import { described, type FieldInputProps } from "./inputs/input-props.ts";
import { LazyInput } from "./inputs/lazy-input.tsx";
import { ListInput } from "./inputs/list-input.tsx";
import { RatingInput } from "./inputs/rating-input.tsx";

type Form<Input extends FormValue["input"]> = Extract<FormValue, { input: Input }>;

/** The typed input for one value. Those that many records do without come with a script of their own. */
export function FieldInput({ value, ...rest }: FieldInputProps) {
	switch (value.input) {
		case "boolean":
			return <BooleanInput {...rest} value={value} />;
		case "rating":
			return <RatingInput {...rest} value={value} />;
		case "moment":
			return <MomentInput {...rest} value={value} />;
		case "currency":
			return <CurrencyInput {...rest} value={value} />;
		case "list":
			return <ListInput {...rest} value={value} />;
		case "choices":
		case "rows":
		case "files":
			return <LazyInput {...rest} value={value} />;
		case "choice":
			return rest.column?.takesNewOptions ? (
				<LazyInput {...rest} value={value} />
			) : (
				<SelectInput {...rest} value={value} />
			);
		default:
			return <TextInput {...rest} value={value} />;
	}
}

/** Which keyboard a screen without keys shows. Not the input's type: the browser's own check would stop the form with words that are not ours. */
const inputModes: Partial<Record<TextInputKind, "decimal" | "url" | "email" | "tel">> = {
	number: "decimal",
	percent: "decimal",
	url: "url",
	email: "email",
	phone: "tel",
};

function TextInput({ value, onChange, ...rest }: FieldInputProps<Form<TextInputKind>>) {
	const shared = {
		id: rest.id,
		class: "input",
		value: value.text,
		onInput: (event: { currentTarget: { value: string } }) => onChange({ ...value, text: event.currentTarget.value }),
		...described(rest),
	};
	if (value.input === "long_text") return <textarea {...shared} rows={1} />;
	if (value.input === "date") return <input {...shared} type="date" />;
	const input = (
		<input
			{...shared}
			type="text"
			inputMode={inputModes[value.input]}
			autocomplete="off"
			spellcheck={value.input === "text"}
			placeholder={value.input === "duration" ? "0:00:00" : undefined}
		/>
	);
	if (value.input !== "percent") return input;
	return (
		<span class="suffixed">
			{input}
			<span aria-hidden="true">%</span>
		</span>
	);
}

/** A column that takes no choice of one's own. What was captured and is none of them stays to be seen, and is marked. */
function SelectInput({ value, onChange, column, ...rest }: FieldInputProps<Form<TextInputKind>>) {
	const options = column?.options ?? [];
	const strange = value.text !== "" && !options.includes(value.text);
	return (
		<>
			<select
				id={rest.id}
				class="input"
				value={value.text}
				data-unsure={strange}
				onChange={(event) => onChange({ input: "choice", text: event.currentTarget.value })}
				{...described({
					...rest,
					describedBy: [rest.describedBy, strange && `${rest.id}-note`].filter(Boolean).join(" "),
				})}
			>
				<option value="">{inputWords.noChoice}</option>
				{strange && <option value={value.text}>{value.text}</option>}
				{options.map((option) => (
					<option key={option} value={option}>
						{option}
					</option>
				))}
			</select>
			{strange && (
				<p class="field-note" id={`${rest.id}-note`}>
					{inputWords.unknownChoice(value.text, rest.label)}
				</p>
			)}
		</>
	);
}

function BooleanInput({ value, onChange, ...rest }: FieldInputProps<Form<"boolean">>) {
	return (
		<input
			id={rest.id}
			class="check"
			type="checkbox"
			checked={value.checked}
			onChange={(event) => onChange({ input: "boolean", checked: event.currentTarget.checked })}
			{...described(rest)}
		/>
	);
}

/** A day, and a time beside it that may stay empty. */
function MomentInput({ value, onChange, ...rest }: FieldInputProps<Form<"moment">>) {
	return (
		<span class="moment-input">
			<input
				id={rest.id}
				class="input"
				type="date"
				value={value.day}
				onInput={(event) => onChange({ ...value, day: event.currentTarget.value })}
				{...described(rest)}
			/>
			<input
				class="input"
				type="time"
				aria-label={inputWords.time(rest.label)}
				value={value.time}
				onInput={(event) => onChange({ ...value, time: event.currentTarget.value })}
			/>
		</span>
	);
}

function CurrencyInput({ value, onChange, ...rest }: FieldInputProps<Form<"currency">>) {
	return (
		<span class="currency">
			<input
				id={rest.id}
				class="input"
				type="text"
				inputMode="decimal"
				autocomplete="off"
				value={value.text}
				onInput={(event) => onChange({ ...value, text: event.currentTarget.value })}
				{...described(rest)}
			/>
			<input
				class="input currency-code"
				type="text"
				autocomplete="off"
				spellcheck={false}
				maxLength={3}
				placeholder={value.codeless ? "" : "EUR"}
				aria-label={formWords.currencyOf(rest.label)}
				value={value.currency}
				onInput={(event) => onChange({ ...value, currency: event.currentTarget.value.toUpperCase() })}
			/>
		</span>
	);
}
