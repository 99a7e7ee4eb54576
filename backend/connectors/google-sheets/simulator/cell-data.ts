import { type Static, Type } from "@sinclair/typebox";
import type { Cell } from "./state.ts";

/** `ExtendedValue`: exactly one of its members. */
const Extended = Type.Object(
	{
		stringValue: Type.Optional(Type.String()),
		numberValue: Type.Optional(Type.Number()),
		boolValue: Type.Optional(Type.Boolean()),
		formulaValue: Type.Optional(Type.String()),
	},
	{ additionalProperties: false, maxProperties: 1 },
);
/** `RowData` as far as it is written. */
export const Rows = Type.Array(
	Type.Object({ values: Type.Optional(Type.Array(Type.Object({ userEnteredValue: Type.Optional(Extended) }))) }),
);

/** A cell whose value is not named is cleared. */
export function cellOf(value: Static<typeof Extended> | undefined): Cell | null {
	if (value?.formulaValue !== undefined) return { formula: value.formulaValue };
	return value?.stringValue ?? value?.numberValue ?? value?.boolValue ?? null;
}
