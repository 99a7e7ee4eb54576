import type { TableField } from "../../../../../backend/contract/connections.ts";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { mappingWords as words } from "../../../words/mapping.ts";
import { type MappingDraft, standsIn } from "./mapping-draft.ts";
import { MappingLineRow } from "./mapping-line.tsx";
import type { MappingEditor } from "./use-mapping-editor.ts";
import type { Preview } from "./use-preview.ts";

type LinesProps = {
	mapping: MappingDraft;
	columns: readonly TableField[];
	record: LocalRecord | null;
	preview: Preview;
	editor: MappingEditor;
	/** A column's name, also of one that is gone. */
	nameOf: (columnId: string) => string;
};

/** The lines in the table's order, with what is written on the right. */
export function MappingLines({ mapping, columns, record, preview, editor, nameOf }: LinesProps) {
	const cells = new Map((preview.answered?.preview.columns ?? []).map((cell) => [cell.to, cell]));
	const { lines } = mapping;
	const refused = lines.filter(({ to }) => cells.get(to)?.problem).length;
	if (lines.length === 0) return null;
	return (
		<div class="card map-card">
			<div class="map-head muted" aria-hidden="true">
				<span>{words.captured}</span>
				<span>{words.steps}</span>
				<span>{words.column}</span>
				<span>{words.written}</span>
			</div>
			<ol class="map-lines" aria-label={words.lines}>
				{lines.map((line) => (
					<MappingLineRow
						key={line.key}
						line={line}
						columns={columns}
						goneName={nameOf(line.to)}
						record={record}
						cell={record === null && line.source.kind !== "constant" ? null : (cells.get(line.to) ?? null)}
						second={standsIn(mapping, line)}
						asking={preview.asking && record !== null}
						editor={editor}
					/>
				))}
			</ol>
			<p class="hidden-visually" role="status">
				{!preview.asking && words.refusals(refused)}
			</p>
		</div>
	);
}
