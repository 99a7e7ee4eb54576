import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button, SubmitButton } from "../parts/button.tsx";
import { Problem } from "../parts/problem.tsx";
import { optionsWords } from "../words/options.ts";
import { useDoing } from "./use-doing.ts";

/** As the server takes names (contract `ConnectionPatch`, `Recipe`). */
const longestName = 80;

type RenameFormProps = {
	label: string;
	/** As it is called now. */
	name: string;
	/** Called with another name only. Rejects with the sentence that is shown. */
	save: (name: string) => Promise<unknown>;
	onDone: () => void;
};

/** One line for another name, in the place of the one there is; Esc leaves it as it was. */
export function RenameForm({ label, name, save, onDone }: RenameFormProps) {
	const [text, setText] = useState(name);
	const { busy, problem, run } = useDoing();
	const input = useRef<HTMLInputElement>(null);
	const id = useId();
	useEffect(() => input.current?.select(), []);
	const rename = (event: Event) => {
		event.preventDefault();
		const wanted = text.trim();
		if (wanted === "" || wanted === name) return onDone();
		run(async () => {
			await save(wanted);
			onDone();
		});
	};
	return (
		<form class="form-line" onSubmit={rename}>
			<label for={id}>{label}</label>
			<div class="form-row">
				<input
					ref={input}
					id={id}
					class="input"
					autocomplete="off"
					maxLength={longestName}
					value={text}
					onInput={(event) => setText(event.currentTarget.value)}
					onKeyDown={(event) => event.key === "Escape" && onDone()}
				/>
				<SubmitButton busy={busy ? optionsWords.saving : null}>{optionsWords.save}</SubmitButton>
				<Button look="quiet" onPress={onDone}>
					{optionsWords.cancel}
				</Button>
			</div>
			<Problem>{problem}</Problem>
		</form>
	);
}
