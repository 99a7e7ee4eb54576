import type { FieldValue } from "../../../../../backend/contract/fields.ts";
import type { FormValue } from "../../../record/input-kinds.ts";
import { fromFormValue, type ReadValue } from "../../../record/read-form-value.ts";

/** A value that the person chose for every row: there, a box that is not ticked says no, where in a record it says nothing. */
export function readChosen(form: FormValue, original: FieldValue | undefined): ReadValue {
	if (form.input === "boolean") return { ok: true, value: { type: "boolean", value: form.checked } };
	return fromFormValue(form, original);
}
