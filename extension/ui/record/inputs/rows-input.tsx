import { useState } from "preact/hooks";
import { linkedRows } from "../../../settings/items.ts";
import { labelOfRow, rememberRow } from "../../../settings/linked-rows.ts";
import { inputWords } from "../../words/inputs.ts";
import type { FormValue, ListInputKind } from "../input-kinds.ts";
import { ChoiceBox } from "./choice-box.tsx";
import type { ChoiceOption } from "./choice-options.ts";
import type { FieldInputProps } from "./input-props.ts";
import { type RowSearch, useRowSearch } from "./use-row-search.ts";
import { useStored } from "./use-stored.ts";

type Rows = Extract<FormValue, { input: ListInputKind }>;

/** Rows of the table a column links to, found by their title while one types. What cannot be found now may be written as it is. */
export function RowsInput({ value, column, place, onChange, ...rest }: FieldInputProps<Rows>) {
	const [typed, setTyped] = useState<string | null>(null);
	const labels = useStored(linkedRows);
	const search = useRowSearch({ place: place ?? null, tableId: column?.linkedTableId ?? "", typed });
	const set = (items: string[]) => {
		const added = search.rows?.find(({ id }) => items.includes(id) && !value.items.includes(id));
		if (added) void rememberRow(added);
		onChange({ ...value, items });
	};
	return (
		<ChoiceBox
			{...rest}
			chosen={value.items.map((item) => ({ value: item, text: labelOfRow(labels, item) }))}
			typed={typed}
			onType={setTyped}
			options={rowOptions(search, { typed: typed ?? "", chosen: value.items })}
			none={typed ? inputWords.noneFound(typed) : inputWords.searchRows}
			placeholder={inputWords.searchRows}
			note={typed === null ? null : noteOf(search)}
			onChange={set}
		/>
	);
}

type Typed = { typed: string; chosen: readonly string[] };

function rowOptions(search: RowSearch, { typed, chosen }: Typed): ChoiceOption[] | null {
	if (search.rows === null && search.failed === null) return null;
	const rows = search.rows ?? [];
	const found = rows.filter(({ id }) => !chosen.includes(id)).map(({ id, label }) => ({ value: id, text: label }));
	const text = typed.trim();
	const known = text === "" || rows.some(({ label }) => label.toLowerCase() === text.toLowerCase());
	return known ? found : [...found, { value: text, text: inputWords.asWritten(text), asTyped: true }];
}

function noteOf({ failed }: RowSearch): string | null {
	if (failed === null) return null;
	return failed === "offline" ? inputWords.rowsOffline : inputWords.rowsFailed;
}
