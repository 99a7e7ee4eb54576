import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { toFormValue } from "../../../record/form-values.ts";
import { fieldName } from "../../../words/capture.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { useWorld } from "../../context.ts";
import { capturableFields } from "../captured-fields.ts";
import type { LineSource } from "./mapping-draft.ts";

type SourceSelectProps = {
	source: LineSource;
	columnName: string;
	columnType: TableField["type"];
	/** Its fields are listed before all others. */
	record: LocalRecord | null;
	onChoose: (source: LineSource) => void;
};

const [none, constant, field] = ["", "constant", "field:"];

/** Where a line's value comes from: a captured field, or the person's own word for every row. */
export function SourceSelect({ source, columnName, columnType, record, onChoose }: SourceSelectProps) {
	const choose = (value: string) => {
		if (value === constant) onChoose({ kind: "constant", form: toFormValue(undefined, { type: columnType }) });
		if (!value.startsWith(field)) return;
		const steps = source.kind === "field" ? source.steps : [];
		onChoose({ kind: "field", name: value.slice(field.length), steps });
	};
	return (
		<select
			class="input"
			data-part="source"
			aria-label={words.sourceFor(columnName)}
			value={source.kind === "field" ? field + source.name : source.kind === "constant" ? constant : none}
			onChange={(event) => choose(event.currentTarget.value)}
		>
			{source.kind === "none" && <option value={none}>{words.choose}</option>}
			<option value={constant}>{words.constant}</option>
			<FieldOptions chosen={source.kind === "field" ? source.name : null} record={record} />
		</select>
	);
}

function FieldOptions({ chosen, record }: { chosen: string | null; record: LocalRecord | null }) {
	const { records } = useWorld();
	const here = Object.keys(record?.fields ?? {});
	const known = capturableFields(records.recent).map(({ name }) => name);
	const others = [...new Set([...known, ...(chosen === null ? [] : [chosen])])].filter((name) => !here.includes(name));
	return (
		<>
			{here.length > 0 && <FieldGroup label={words.capturedHere} names={here} />}
			<FieldGroup label={here.length > 0 ? words.otherFields : words.capturedFields} names={others} />
		</>
	);
}

function FieldGroup({ label, names }: { label: string; names: readonly string[] }) {
	return (
		<optgroup label={label}>
			{names.map((name) => (
				<option key={name} value={field + name}>
					{fieldName(name)}
				</option>
			))}
		</optgroup>
	);
}
