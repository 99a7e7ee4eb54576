import type { TableField } from "../../../../../backend/contract/connections.ts";
import { columnTypeWords } from "../../../words/targets.ts";

type ColumnType = TableField["type"];

/** Drawn like those of `parts/icon.tsx`, and kept apart from them: the popup, which loads those, shows no column's type. */
const text = "M3 4.5V3h10v1.5M8 3v10M6 13h4";
const lines = "M2.5 4h11M2.5 8h11M2.5 12h7";
const tag = "M2.5 2.5h5.6l5.4 5.4-5.6 5.6-5.4-5.4ZM5.5 5.5v.01";
const number = "M6 2.5 4.5 13.5M11.5 2.5 10 13.5M2.5 6h11.5M2 10.5h11.5";
const day = "M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v3M10.5 2v3";
const clock = "M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M8 4.8V8l2.2 1.6";

const paths: Record<ColumnType, string> = {
	text,
	long_text: lines,
	rich_text: lines,
	url: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.8-.8",
	email: "M2 3.5h12v9H2ZM2 4l6 5 6-5",
	phone: "M4.5 2h7v12h-7ZM7.3 11.8h1.4",
	number,
	currency:
		"M11.5 4.2C10.8 3 9.6 2.5 8 2.5c-2 0-3.3.9-3.3 2.5 0 3.6 7 1.8 7 5.8 0 1.7-1.5 2.7-3.7 2.7-1.8 0-3.1-.6-3.8-1.9M8 1v14",
	percent: "M12.5 3.5l-9 9M4.5 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M11.5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3",
	rating: "m8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5Z",
	duration: clock,
	boolean: "M3 3h10v10H3ZM5.5 8.2l1.8 1.8 3.3-3.8",
	date: day,
	datetime: clock,
	select: tag,
	multi_select: tag,
	attachment: "M11.5 7 7 11.5a2 2 0 0 1-2.9-2.9l5.2-5.2a2.9 2.9 0 0 1 4.1 4.1L8 12.9",
	link: "M2 3h5v5H2ZM9 8h5v5H9ZM7 5.5h4.5V8",
	unsupported: "M3.5 3.5l9 9M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0",
};

/** A column's type as a shape; the word for it is its tooltip, and stands beside the column's name in every list. */
export function ColumnTypeIcon({ type }: { type: ColumnType }) {
	return (
		<span class="map-type" title={columnTypeWords[type]}>
			<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
				<path d={paths[type]} />
			</svg>
		</span>
	);
}
