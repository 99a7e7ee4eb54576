/** The form was asked for with a press, so the first input takes the focus; later drawings leave it alone. */
export function focusOnce(input: HTMLInputElement | null): void {
	if (input && !input.dataset["focused"]) {
		input.dataset["focused"] = "true";
		input.focus();
	}
}
