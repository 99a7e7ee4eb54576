import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FieldInputProps, HeavyValue } from "./input-props.ts";

type HeavyInput = ComponentType<FieldInputProps<HeavyValue>>;

let loaded: HeavyInput | null = null;

/** Choices, linked rows and files: their script is read from disk with the first column that needs it, into a place of its size. */
export function LazyInput(props: FieldInputProps<HeavyValue>) {
	const [Heavy, setHeavy] = useState<HeavyInput | null>(() => loaded);
	useEffect(() => {
		if (Heavy) return;
		let left = false;
		void import("./heavy-input.tsx").then(({ HeavyInput }) => {
			loaded = HeavyInput;
			if (!left) setHeavy(() => HeavyInput);
		});
		return () => {
			left = true;
		};
	}, []);
	return Heavy ? <Heavy {...props} /> : <span class="skeleton outline-input" id={props.id} />;
}
