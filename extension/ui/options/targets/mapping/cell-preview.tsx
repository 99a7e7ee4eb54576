import type { PreviewColumn } from "../../../../../backend/contract/targets.ts";
import { Icon } from "../../../parts/icon.tsx";
import { mappingWords as words } from "../../../words/mapping.ts";

type CellPreviewProps = {
	/** What the answer says of the line's column; null: it does not say, or has not said yet. */
	cell: PreviewColumn | null;
	unfinished: boolean;
	/** An upper line fills the same column. */
	second: boolean;
	asking: boolean;
};

/** What the record at hand would write into the column, or why the column does not take it. */
export function CellPreview({ cell, unfinished, second, asking }: CellPreviewProps) {
	return (
		<div class="map-preview" data-asking={asking}>
			<span class="map-preview-label muted">{words.written}</span>
			<CellWords cell={cell} unfinished={unfinished} second={second} asking={asking} />
		</div>
	);
}

function CellWords({ cell, unfinished, second, asking }: CellPreviewProps) {
	if (unfinished) {
		return (
			<span class="map-refusal">
				<Icon name="pencil" />
				{words.unfinished}
			</span>
		);
	}
	if (second) return <span class="muted">{words.insteadOf}</span>;
	if (cell === null) return asking ? <span class="skeleton map-outline" aria-hidden="true" /> : null;
	if (cell.problem) {
		return (
			<span class="map-refusal">
				<Icon name="alert" />
				{cell.problem.message}
			</span>
		);
	}
	if (cell.value === null) return <span class="muted">{words.nothing}</span>;
	return (
		<span class="map-value" title={cell.value} dir="auto">
			{cell.value}
		</span>
	);
}
