import { useId } from "preact/hooks";

type StepTextProps = {
	label: string;
	value: string;
	maxLength: number;
	note?: string;
	placeholder?: string;
	onType: (text: string) => void;
};

/** A text that a step needs. Spaces count, so it is shown as it is written. */
export function StepText({ label, value, maxLength, note, placeholder, onType }: StepTextProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{label}</label>
			<input
				id={id}
				class="input"
				type="text"
				autocomplete="off"
				spellcheck={false}
				maxLength={maxLength}
				placeholder={placeholder}
				aria-describedby={note === undefined ? undefined : `${id}-note`}
				value={value}
				onInput={(event) => onType(event.currentTarget.value)}
			/>
			{note !== undefined && (
				<p id={`${id}-note`} class="muted">
					{note}
				</p>
			)}
		</div>
	);
}

type StepChoiceProps<Choice extends string> = {
	label: string;
	/** Choice → its words, in the order they are offered. */
	choices: Readonly<Record<Choice, string>>;
	chosen: Choice;
	onChoose: (choice: Choice) => void;
};

export function StepChoice<Choice extends string>({ label, choices, chosen, onChoose }: StepChoiceProps<Choice>) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{label}</label>
			<select id={id} class="input" value={chosen} onChange={(event) => onChoose(event.currentTarget.value as Choice)}>
				{(Object.keys(choices) as Choice[]).map((choice) => (
					<option key={choice} value={choice}>
						{choices[choice]}
					</option>
				))}
			</select>
		</div>
	);
}

type StepTickProps = { label: string; ticked: boolean; onTick: (ticked: boolean) => void };

export function StepTick({ label, ticked, onTick }: StepTickProps) {
	return (
		<label class="choice">
			<input class="check" type="checkbox" checked={ticked} onChange={(event) => onTick(event.currentTarget.checked)} />
			{label}
		</label>
	);
}
