import { useId, useState } from "preact/hooks";
import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { PreviewColumn } from "../../../../../backend/contract/targets.ts";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { IconButton } from "../../../parts/button.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { fieldName } from "../../../words/capture.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { CellPreview } from "./cell-preview.tsx";
import { ColumnSelect } from "./column-select.tsx";
import { isFinished, type LineSource, type MappingLine } from "./mapping-draft.ts";
import { SourceCell } from "./source-cell.tsx";
import { StepsButton } from "./steps-button.tsx";
import { StepsPanel } from "./steps-panel.tsx";
import type { MappingEditor } from "./use-mapping-editor.ts";

type LineProps = {
	line: MappingLine;
	columns: readonly TableField[];
	/** What the column was called when it was last seen. */
	goneName: string;
	record: LocalRecord | null;
	cell: PreviewColumn | null;
	/** Another line goes before it into the same column. */
	second: boolean;
	asking: boolean;
	editor: MappingEditor;
};

/** One value into one column: where it comes from, what is done to it, where it goes, and what comes of it. */
export function MappingLineRow({ line, columns, goneName, record, editor, ...preview }: LineProps) {
	const panel = useId();
	const [open, setOpen] = useState(false);
	const { key, source } = line;
	const column = columns.find(({ id }) => id === line.to) ?? null;
	const columnName = column?.name ?? goneName;
	const change = (next: LineSource) => editor.setSource(key, next);
	const steps = source.kind === "field" ? source.steps : null;
	const toggle = () => setOpen(!open);
	return (
		<li class="map-line" data-line={key} data-gone={column === null}>
			<SourceCell {...{ source, column, columnName, record }} onChange={change} />
			<div class="map-way">{steps && <StepsButton {...{ steps, columnName, open, panel }} onPress={toggle} />}</div>
			<Icon name="forward" />
			<ColumnSelect
				source={source.kind === "field" ? fieldName(source.name) : words.constant}
				columns={columns}
				chosen={column}
				goneName={goneName}
				onChoose={(chosen) => editor.setColumn(key, chosen)}
			/>
			<CellPreview {...preview} gone={column === null} unfinished={!isFinished(line)} />
			<div class="map-remove">
				<IconButton
					icon="close"
					label={words.removeLine(columnName)}
					onPress={() => editor.remove([key], columnName)}
				/>
			</div>
			{open && source.kind === "field" && (
				<StepsPanel
					id={panel}
					steps={source.steps}
					column={column}
					columnName={columnName}
					onChange={(next) => change({ ...source, steps: next })}
				/>
			)}
		</li>
	);
}
