import { lazy } from "../../parts/lazy.tsx";
import type { FieldInputProps, HeavyValue } from "./input-props.ts";

/** Choices, linked rows and files: their script comes with the first column that needs it, into a place of its size. */
export const LazyInput = lazy<FieldInputProps<HeavyValue>>(
	async () => (await import("./heavy-input.tsx")).HeavyInput,
	({ id }) => <span class="skeleton outline-input" id={id} />,
);
