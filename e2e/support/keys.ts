/** What DevTools needs to know of a key to press it as a keyboard would. */
const keys = {
	Tab: { code: "Tab", number: 9, text: "" },
	Enter: { code: "Enter", number: 13, text: "\r" },
	Escape: { code: "Escape", number: 27, text: "" },
	ArrowUp: { code: "ArrowUp", number: 38, text: "" },
	ArrowRight: { code: "ArrowRight", number: 39, text: "" },
	ArrowDown: { code: "ArrowDown", number: 40, text: "" },
	End: { code: "End", number: 35, text: "" },
	" ": { code: "Space", number: 32, text: " " },
	a: { code: "KeyA", number: 65, text: "a" },
	z: { code: "KeyZ", number: 90, text: "z" },
} as const;

export type KeyName = keyof typeof keys;
export type Modifier = "ctrl" | "shift";

const bits: Record<Modifier, number> = { ctrl: 2, shift: 8 };

/** The two events of a key press, for `Input.dispatchKeyEvent`. */
export function keyEvents(key: KeyName, modifier?: Modifier): Record<string, unknown>[] {
	const { code, number, text } = keys[key];
	const shared = { key, code, windowsVirtualKeyCode: number, modifiers: modifier ? bits[modifier] : 0 };
	const down = text === "" || modifier === "ctrl" ? { type: "rawKeyDown" } : { type: "keyDown", text };
	return [
		{ ...shared, ...down },
		{ ...shared, type: "keyUp" },
	];
}
