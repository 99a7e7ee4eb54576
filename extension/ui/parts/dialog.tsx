import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Button } from "./button.tsx";
import { useModal } from "./use-modal.ts";

type ConfirmProps = {
	title: string;
	/** What will be lost, by name. */
	children: ComponentChildren;
	confirm: string;
	cancel: string;
	busy?: string | null;
	onConfirm: () => void;
	onCancel: () => void;
};

/** Asks before what cannot be undone. The native dialog keeps focus inside and closes on Esc. */
export function Confirm({ title, children, confirm, cancel, busy = null, onConfirm, onCancel }: ConfirmProps) {
	const dialog = useModal();
	const heading = useId();
	return (
		<dialog ref={dialog} class="dialog" aria-labelledby={heading} onCancel={onCancel}>
			<h2 id={heading}>{title}</h2>
			<div class="muted">{children}</div>
			<div class="dialog-buttons">
				<Button onPress={onCancel}>{cancel}</Button>
				<Button look="danger" onPress={onConfirm} busy={busy}>
					{confirm}
				</Button>
			</div>
		</dialog>
	);
}
