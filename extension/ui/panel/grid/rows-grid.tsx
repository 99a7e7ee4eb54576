import type { TableRow } from "../../../capture/tables/types.ts";
import { VirtualGrid } from "../../parts/virtual-grid.tsx";
import { shownText } from "../../record/value-text.ts";
import { gridWords as words } from "../../words/grid.ts";
import { ColumnHead } from "./column-head.tsx";
import type { GridColumn, GridTarget } from "./columns.ts";
import { cellOf } from "./row-fields.ts";
import type { Grid } from "./use-grid.ts";

/** Of every row, in CSS pixels. */
const rowHeight = 30;

/** Of its columns, in CSS pixels. */
const [tickWidth, standingWidth, leastWidth] = [34, 92, 130];

type RowsGridProps = {
	grid: Grid;
	title: string;
	target: GridTarget | null;
	onEdit: (column: GridColumn) => void;
};

/** The preview: a tick and a standing for each row, then its cells as they would be sent. */
export function RowsGrid({ grid, title, target, onEdit }: RowsGridProps) {
	const { rows, shown } = grid;
	const on = grid.counts.picked;
	const head = (
		<>
			<div role="columnheader" class="vgrid-cell vgrid-ticks">
				<input
					type="checkbox"
					class="check"
					aria-label={words.tickAll}
					title={words.tickAll}
					checked={on > 0 && on === rows.length}
					indeterminate={on > 0 && on < rows.length}
					onChange={() => grid.tick("all")}
				/>
			</div>
			<div role="columnheader" class="vgrid-cell">
				{words.standing}
			</div>
			{shown.map((column) => (
				<ColumnHead
					key={column.id}
					column={column}
					filled={target?.columns.find(({ id }) => id === column.to)?.name ?? null}
					misread={grid.misread(column)}
					onEdit={() => onEdit(column)}
				/>
			))}
		</>
	);
	return (
		<VirtualGrid
			label={words.gridLabel(title, rows.length)}
			count={rows.length}
			rowHeight={rowHeight}
			columnCount={shown.length + 2}
			template={`${tickWidth}px ${standingWidth}px repeat(${shown.length}, minmax(0, 1fr))`}
			minWidth={tickWidth + standingWidth + shown.length * leastWidth}
			head={head}
			isTicked={(row) => rows[row] !== undefined && grid.isOn(rows[row])}
			onTick={grid.tick}
			drawRow={(row) => rows[row] && <RowCells row={rows[row]} grid={grid} />}
		/>
	);
}

function RowCells({ row, grid }: { row: TableRow; grid: Grid }) {
	const standing = grid.standingOf(row);
	return (
		<>
			<div role="gridcell" class="vgrid-cell vgrid-ticks">
				<span class="vgrid-tick" data-on={grid.isOn(row)} />
			</div>
			<div role="gridcell" class="vgrid-cell standing" data-standing={standing}>
				{standing ? words.standings[standing] : ""}
			</div>
			{grid.shown.map((column) => {
				const cell = cellOf(row, column);
				const text = cell === null ? "" : shownText(cell.value);
				return (
					<div
						key={column.id}
						role="gridcell"
						class="vgrid-cell clip"
						data-type={cell?.value.type}
						data-misread={cell?.reads === false}
						dir="auto"
						title={text}
					>
						{text}
					</div>
				);
			})}
		</>
	);
}
