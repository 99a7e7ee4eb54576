import { useMemo, useState } from "preact/hooks";
import type { SourceColumn } from "../../../backend/contract/sources.ts";
import { Problem } from "../parts/problem.tsx";
import { VirtualGrid } from "../parts/virtual-grid.tsx";
import { shownText } from "../record/value-text.ts";
import { pickWords as words } from "../words/pick.ts";
import { isEverything, isNothing, isPicked, mostRowIds, ticked } from "./picked.ts";
import type { PickRow } from "./row-pages.ts";
import type { Picking } from "./use-picking.ts";

/** Of every row, in CSS pixels. */
const rowHeight = 30;

/** Of its columns, in CSS pixels. */
const [tickWidth, statusWidth, leastWidth] = [34, 76, 130];

/** The rows so far; more come as their end is scrolled to. */
export function RowsGrid({ picking, title }: { picking: Picking; title: string }) {
	const { pages, columns, picked, isStale } = picking;
	const [tooMany, setTooMany] = useState(false);
	const isOn = useMemo(() => isPicked(picked), [picked]);
	const { rows, phase, total } = pages;
	const known = total?.exact === true && total.count >= rows.length ? total.count : -1;
	const tick = (ticks: Parameters<typeof ticked>[1]) => {
		const next = ticked(
			picked,
			ticks,
			rows.map(({ externalId }) => externalId),
		);
		setTooMany(next === null);
		if (next !== null) picking.change(next);
	};
	return (
		<>
			<VirtualGrid
				label={words.gridLabel(title, picking.count.total ?? total)}
				count={rows.length}
				rowsInAll={phase === "whole" ? rows.length : known}
				onEnd={picking.more}
				isBusy={isStale}
				rowHeight={rowHeight}
				columnCount={columns.length + 2}
				template={`${tickWidth}px ${statusWidth}px repeat(${columns.length}, minmax(0, 1fr))`}
				minWidth={tickWidth + statusWidth + columns.length * leastWidth}
				head={<Head picking={picking} onAll={() => tick("all")} />}
				isTicked={(row) => rows[row] !== undefined && isOn(rows[row].externalId)}
				onTick={tick}
				drawRow={(row) => rows[row] && <Cells row={rows[row]} columns={columns} isOn={isOn(rows[row].externalId)} />}
			/>
			<Problem>{tooMany ? words.tooMany(mostRowIds) : null}</Problem>
		</>
	);
}

function Head({ picking: { picked, columns }, onAll }: { picking: Picking; onAll: () => void }) {
	const isAll = isEverything(picked);
	return (
		<>
			<div role="columnheader" class="vgrid-cell vgrid-ticks">
				<input
					type="checkbox"
					class="check"
					aria-label={words.pickAll}
					title={words.pickAll}
					checked={isAll}
					indeterminate={!isAll && !isNothing(picked)}
					onChange={onAll}
				/>
			</div>
			<div role="columnheader" class="vgrid-cell">
				{words.status}
			</div>
			{columns.map(({ id, name, type }) => (
				<div key={id} role="columnheader" class="vgrid-cell" data-type={type}>
					<span class="clip" title={name}>
						{name}
					</span>
				</div>
			))}
		</>
	);
}

type CellsProps = { row: PickRow; columns: readonly SourceColumn[]; isOn: boolean };

function Cells({ row, columns, isOn }: CellsProps) {
	const isPickedBefore = row.pickedAs !== null;
	return (
		<>
			<div role="gridcell" class="vgrid-cell vgrid-ticks">
				<span class="vgrid-tick" data-on={isOn} />
			</div>
			<div role="gridcell" class="vgrid-cell muted clip" title={isPickedBefore ? words.pickedBeforeNote : undefined}>
				{isPickedBefore && words.pickedBefore}
			</div>
			{columns.map(({ id }) => {
				const value = row.fields[id];
				const text = value === undefined ? "" : shownText(value);
				return (
					<div key={id} role="gridcell" class="vgrid-cell clip" data-type={value?.type} dir="auto" title={text}>
						{text}
					</div>
				);
			})}
		</>
	);
}
