import { useEffect } from "preact/hooks";
import { undoWords } from "../words/shared.ts";
import { Button } from "./button.tsx";
import { undoMs } from "./undo-time.ts";

type UndoProps = { words: string; onUndo: () => void; onGone: () => void };

/** A short-lived line over the page: what was done, and the way back. It is announced, and goes by itself. */
export function UndoLine({ words, onUndo, onGone }: UndoProps) {
	useEffect(() => {
		const timer = setTimeout(onGone, undoMs);
		return () => clearTimeout(timer);
	}, [words]);
	return (
		<div class="undo" role="status">
			<span>{words}</span>
			<Button look="quiet" size="small" onPress={onUndo}>
				{undoWords.undo}
			</Button>
		</div>
	);
}
