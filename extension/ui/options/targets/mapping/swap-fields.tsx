import { useRef } from "preact/hooks";
import { Button, IconButton } from "../../../parts/button.tsx";
import { stepWords as words } from "../../../words/steps.ts";
import type { SwapPair } from "./step-drafts.ts";
import { useFocusOn } from "./use-focus-on.ts";

/** As many as the API takes. */
const maxPairs = 200;
const longest = 500;

type SwapProps = { pairs: readonly SwapPair[]; onChange: (pairs: SwapPair[]) => void };

/** Words and what becomes of them; a word that is not here stays as it is. */
export function SwapFields({ pairs, onChange }: SwapProps) {
	const list = useRef<HTMLDivElement>(null);
	const focusOn = useFocusOn(list);
	const inputAt = (at: number) => `[data-pair="${at}"] input`;
	const add = () => {
		onChange([...pairs, ["", ""]]);
		focusOn(inputAt(pairs.length));
	};
	const remove = (at: number) => {
		onChange(pairs.toSpliced(at, 1));
		focusOn(`${inputAt(Math.max(0, at - 1))}, .button`);
	};
	return (
		<div ref={list} class="map-swaps">
			{pairs.map(([text, becomes], at) => (
				<div class="map-swap" data-pair={at} key={at}>
					<SwapInput
						label={words.swapThis}
						value={text}
						onType={(typed) => onChange(pairs.with(at, [typed, becomes]))}
					/>
					<SwapInput label={words.swapBy} value={becomes} onType={(typed) => onChange(pairs.with(at, [text, typed]))} />
					<IconButton icon="close" label={words.swapRemove(text)} onPress={() => remove(at)} />
				</div>
			))}
			{pairs.length < maxPairs && (
				<Button size="small" icon="plus" onPress={add}>
					{words.swapAdd}
				</Button>
			)}
		</div>
	);
}

function SwapInput({ label, value, onType }: { label: string; value: string; onType: (text: string) => void }) {
	return (
		<input
			class="input"
			type="text"
			autocomplete="off"
			maxLength={longest}
			aria-label={label}
			placeholder={label}
			value={value}
			onInput={(event) => onType(event.currentTarget.value)}
		/>
	);
}
