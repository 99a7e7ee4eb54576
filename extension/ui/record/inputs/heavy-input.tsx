import { ChoiceInput } from "./choice-input.tsx";
import { FilesInput } from "./files-input.tsx";
import type { FieldInputProps, HeavyValue } from "./input-props.ts";
import { RowsInput } from "./rows-input.tsx";

/** The inputs that come with a script of their own. */
export function HeavyInput({ value, ...rest }: FieldInputProps<HeavyValue>) {
	if (value.input === "files") return <FilesInput {...rest} value={value} />;
	if (value.input === "rows") return <RowsInput {...rest} value={value} />;
	return <ChoiceInput {...rest} value={value} />;
}
