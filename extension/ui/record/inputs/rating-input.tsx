import { inputWords } from "../../words/inputs.ts";
import type { FormValue } from "../input-kinds.ts";
import { described, type FieldInputProps } from "./input-props.ts";

/** Stars where the column does not say how many. */
const usualMax = 5;

type Rating = Extract<FormValue, { input: "rating" }>;

/**
 * Stars, as one slider: arrow keys change it, a press chooses the star that was pressed, and the same star once more takes them all away.
 */
export function RatingInput({ value, onChange, column, ...rest }: FieldInputProps<Rating>) {
	const max = column?.max ?? usualMax;
	const set = (stars: number) => onChange({ input: "rating", stars });
	// The browser would choose the nearest step to the pointer: the left half of the third star would be two.
	const onPointerDown = (event: PointerEvent & { currentTarget: HTMLInputElement }) => {
		event.preventDefault();
		const input = event.currentTarget;
		input.focus();
		const box = input.getBoundingClientRect();
		const isRightToLeft = getComputedStyle(input).direction === "rtl";
		const along = (isRightToLeft ? box.right - event.clientX : event.clientX - box.left) / box.width;
		const pressed = Math.min(max, Math.max(1, Math.ceil(along * max)));
		set(pressed === value.stars ? 0 : pressed);
	};
	return (
		<span class="stars-box">
			<input
				id={rest.id}
				class="stars"
				type="range"
				min={0}
				max={max}
				step={1}
				value={value.stars}
				style={{ "--stars": value.stars, "--stars-max": max }}
				aria-valuetext={value.stars === 0 ? inputWords.noStars : inputWords.stars(value.stars, max)}
				onInput={(event) => set(Number(event.currentTarget.value))}
				onPointerDown={onPointerDown}
				{...described(rest)}
			/>
		</span>
	);
}
