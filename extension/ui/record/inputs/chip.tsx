import { Icon } from "../../parts/icon.tsx";
import { formWords } from "../../words/form.ts";

type ChipProps = {
	text: string;
	/** It is none of the column's choices. */
	strange?: boolean;
	onRemove: () => void;
};

/** One of several values, with the way to take it out. */
export function Chip({ text, strange = false, onRemove }: ChipProps) {
	return (
		<span class="chip" data-strange={strange}>
			<span class="chip-text" title={text}>
				{text}
			</span>
			<button type="button" class="chip-remove" aria-label={formWords.listRemove(text)} onClick={onRemove}>
				<Icon name="close" />
			</button>
		</span>
	);
}
