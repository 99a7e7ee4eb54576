import { useId } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { ChosenValue } from "./chosen-value.tsx";
import type { ConstantSource, LineSource } from "./mapping-draft.ts";
import { readChosen } from "./read-chosen.ts";
import { SourceSelect } from "./source-select.tsx";

type SourceCellProps = {
	source: LineSource;
	column: TableField | null;
	columnName: string;
	record: LocalRecord | null;
	onChange: (source: LineSource) => void;
};

/** What fills a line's column: which field, or the value that every row gets. */
export function SourceCell({ source, column, columnName, record, onChange }: SourceCellProps) {
	return (
		<div class="map-source">
			<SourceSelect
				source={source}
				columnName={columnName}
				columnType={column?.type ?? "text"}
				record={record}
				onChoose={onChange}
			/>
			{source.kind === "constant" && (
				<ConstantInput source={source} column={column} columnName={columnName} onChange={onChange} />
			)}
		</div>
	);
}

type ConstantInputProps = Omit<SourceCellProps, "record" | "source"> & { source: ConstantSource };

function ConstantInput({ source, column, columnName, onChange }: ConstantInputProps) {
	const id = useId();
	const read = readChosen(source.form, source.original);
	return (
		<ChosenValue
			id={id}
			label={words.valueFor(columnName)}
			column={column}
			value={source.form}
			problem={read.ok ? undefined : read.message}
			onChange={(form) => onChange({ ...source, form })}
		/>
	);
}
