import { useEffect, useState } from "preact/hooks";
import type { ChoiceOption } from "./choice-options.ts";

type ListKeys = {
	typed: string | null;
	onType: (typed: string | null) => void;
	options: readonly ChoiceOption[];
	onChoose: (option: ChoiceOption) => void;
	onEmptyBackspace: () => void;
};

/** Which option Enter would choose, and what the keys do. Keys that send the whole record are left to the page. */
export function useListKeys({ typed, onType, options, onChoose, onEmptyBackspace }: ListKeys) {
	const [at, setAt] = useState(0);
	useEffect(() => setAt(0), [typed]);
	const move = (step: number) => {
		if (typed === null) onType("");
		else setAt((at + step + options.length) % Math.max(1, options.length));
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.isComposing) return;
		const option = options[at];
		if (event.metaKey || event.ctrlKey) {
			// It sends the record: what stands here goes with it.
			if (event.key === "Enter" && typed?.trim() && option) onChoose(option);
			return;
		}
		const deeds: Record<string, (() => void) | undefined> = {
			ArrowDown: () => move(1),
			ArrowUp: () => move(-1),
			Enter: typed !== null && option ? () => onChoose(option) : undefined,
			Escape: typed !== null ? () => onType(null) : undefined,
		};
		// Nothing is undone by it: what was in the input is gone already.
		if (event.key === "Backspace" && (typed ?? "") === "") onEmptyBackspace();
		const deed = deeds[event.key];
		if (!deed) return;
		event.preventDefault();
		deed();
	};
	return { at: Math.min(at, Math.max(0, options.length - 1)), onKeyDown };
}
