import type { PreviewColumn } from "../../../../../backend/contract/targets.ts";
import { errorSentence } from "../../../../i18n/error-sentence.ts";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { mappingWords as words } from "../../../words/mapping.ts";

type CellPreviewProps = {
	/** The column is not in the table any more; what is to be done about it is said above the lines. */
	gone: boolean;
	/** What the answer says of the line's column; null: it does not say, or has not said yet. */
	cell: PreviewColumn | null;
	unfinished: boolean;
	/** Another line goes before it into the same column. */
	second: boolean;
	asking: boolean;
};

/** What the record at hand would write into the column, or why the column does not take it. */
export function CellPreview(props: CellPreviewProps) {
	return (
		<div class="map-preview" data-asking={props.asking}>
			<span class="map-preview-label muted">{words.written}</span>
			<CellWords {...props} />
		</div>
	);
}

function CellWords({ cell, gone, unfinished, second, asking }: CellPreviewProps) {
	if (unfinished) return <Refusal icon="pencil">{words.unfinished}</Refusal>;
	if (gone) return <Refusal icon="alert">{words.nowhere}</Refusal>;
	if (second) return <span class="muted">{words.insteadOf}</span>;
	if (cell === null) return asking ? <span class="skeleton map-outline" aria-hidden="true" /> : null;
	if (cell.problem) return <Refusal icon="alert">{errorSentence(cell.problem)}</Refusal>;
	if (cell.value === null) return <span class="muted">{words.nothing}</span>;
	return (
		<span class="map-value" title={cell.value}>
			<bdi>{cell.value}</bdi>
		</span>
	);
}

function Refusal({ icon, children }: { icon: IconName; children: string }) {
	return (
		<span class="map-refusal">
			<Icon name={icon} />
			{children}
		</span>
	);
}
