import { useEffect, useId, useRef, useState } from "preact/hooks";
import { copyWords as words } from "../words/shared.ts";
import { Button } from "./button.tsx";

type CopyFieldProps = {
	label: string;
	value: string;
	/** What the button says. */
	copy: string;
	note?: { words: string; title?: string };
	/** It was just made and is there to be copied: it is selected, and its button is the next stop. */
	first?: boolean;
};

/** A text that is there to be taken elsewhere: a link, an address, a secret. */
export function CopyField({ label, value, copy, note, first = false }: CopyFieldProps) {
	const input = useRef<HTMLInputElement>(null);
	const [said, setSaid] = useState("");
	const id = useId();
	useEffect(() => {
		if (first) input.current?.select();
	}, [first]);
	const take = async () => {
		try {
			await navigator.clipboard.writeText(value);
			setSaid(words.copied);
		} catch {
			input.current?.select();
			setSaid(words.failed);
		}
	};
	return (
		<div class="form-line copy-field">
			<label for={id}>{label}</label>
			<div class="form-row">
				<input
					ref={input}
					id={id}
					class="input mono"
					readOnly
					aria-describedby={note && `${id}-note`}
					value={value}
					onFocus={(event) => event.currentTarget.select()}
				/>
				<Button
					look={first ? "main" : "plain"}
					icon={said === words.copied ? "tick" : "copy"}
					onPress={() => void take()}
				>
					{said === words.copied ? words.copied : copy}
				</Button>
			</div>
			{note && (
				<p id={`${id}-note`} class="muted" title={note.title}>
					{note.words}
				</p>
			)}
			<p class={said === words.copied ? "hidden-visually" : "muted"} role="status">
				{said}
			</p>
		</div>
	);
}
