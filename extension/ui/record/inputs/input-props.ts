import type { TargetColumn, TargetView } from "../../../../backend/contract/targets.ts";
import type { FormValue, ListInputKind, TextInputKind } from "../input-kinds.ts";

/** Where the tables of a target are: rows of a linked table are looked for there. */
export type RowPlace = Pick<TargetView, "connectionId" | "containerId">;

export type FieldInputProps<Value extends FormValue = FormValue> = {
	id: string;
	label: string;
	value: Value;
	onChange: (value: FormValue) => void;
	/** The sentence shown under the input; it is announced with it. */
	problem?: string | undefined;
	/** Its choices, its highest rating, its linked table; left out where there is no column. */
	column?: TargetColumn | null | undefined;
	/** Where rows of a linked table are found. */
	place?: RowPlace | null | undefined;
	/** Ids of what describes it besides its problem. */
	describedBy?: string | undefined;
	required?: boolean | undefined;
};

/** What is chosen from a list, found or gathered: its inputs come with a script of their own. */
export type HeavyValue = Extract<FormValue, { input: ListInputKind | TextInputKind }>;

/** What an input says of itself to assistive technology. */
export function described({
	id,
	problem,
	describedBy,
	required,
}: Omit<FieldInputProps, "label" | "value" | "onChange">) {
	const ids = [problem ? `${id}-problem` : null, describedBy].filter(Boolean).join(" ");
	return {
		...(problem ? ({ "aria-invalid": "true" } as const) : {}),
		...(ids ? { "aria-describedby": ids } : {}),
		...(required ? ({ "aria-required": "true" } as const) : {}),
	};
}
