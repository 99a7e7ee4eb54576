import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { Button, SubmitButton } from "./button.tsx";
import { Problem } from "./problem.tsx";
import { useModal } from "./use-modal.ts";

type TypedConfirmProps = {
	title: string;
	/** What goes and what stays, by name. */
	children: ComponentChildren;
	/** What has to be typed, and the label that says so. Upper and lower case are the same to a person, and not to every server. */
	expected: string;
	label: string;
	confirm: string;
	cancel: string;
	busy: string | null;
	problem: string | null;
	/** Told what was expected, as it is written. */
	onConfirm: (confirmed: string) => void;
	onCancel: () => void;
};

/** Asks before something large goes for good: the person types its name, so that no habit presses the button. */
export function TypedConfirm({ title, children, expected, label, busy, problem, ...rest }: TypedConfirmProps) {
	const [typed, setTyped] = useState("");
	const dialog = useModal();
	const id = useId();
	const ready = typed.trim().toLowerCase() === expected.trim().toLowerCase();
	const submit = (event: Event) => {
		event.preventDefault();
		if (ready && busy === null) rest.onConfirm(expected);
	};
	return (
		<dialog ref={dialog} class="dialog dialog-ask" aria-labelledby={`${id}-title`} onCancel={rest.onCancel}>
			<form onSubmit={submit}>
				<h2 id={`${id}-title`}>{title}</h2>
				<div class="dialog-words">{children}</div>
				<div class="form-line">
					<label for={id}>{label}</label>
					<input
						id={id}
						class="input"
						autocomplete="off"
						autocapitalize="off"
						spellcheck={false}
						value={typed}
						onInput={(event) => setTyped(event.currentTarget.value)}
					/>
				</div>
				<Problem>{problem}</Problem>
				<div class="dialog-buttons">
					<Button onPress={rest.onCancel}>{rest.cancel}</Button>
					<SubmitButton look="danger" busy={busy} disabled={!ready}>
						{rest.confirm}
					</SubmitButton>
				</div>
			</form>
		</dialog>
	);
}
