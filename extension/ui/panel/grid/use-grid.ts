import { useEffect, useMemo, useState } from "preact/hooks";
import type { RowStanding } from "../../../../backend/contract/compare.ts";
import type { FoundTable, TableRow } from "../../../capture/tables/types.ts";
import type { GridMove } from "../../parts/grid-keys.ts";
import { gridWords as words } from "../../words/grid.ts";
import type { Gathered } from "../page/use-collection.ts";
import type { PanelWorld } from "../panel.tsx";
import {
	aimed,
	type ColumnChange,
	changed,
	columnsOf,
	fieldNames,
	type GridColumn,
	type GridTarget,
	joined,
	withText,
} from "./columns.ts";
import { isPicked, type Picks, pick } from "./picks.ts";
import { cellOf, rowToSend } from "./row-fields.ts";
import { useStandings } from "./use-standings.ts";

type GridInput = {
	world: PanelWorld;
	table: FoundTable;
	/** The tab's gathering of this very table, where there is one. */
	gathered: Gathered | null;
	target: GridTarget | null;
	source: { url: string; title: string };
};

/** How many rows are in which standing, and how many of all would be sent. */
export type GridCounts = Record<RowStanding | "picked", number>;

const enoughRows = 100;

/** A table being looked at before its rows are sent. */
export function useGrid({ world, table, gathered, target, source }: GridInput) {
	const rows = gathered && gathered.rows.length > 0 ? gathered.rows : table.rows;
	const found = gathered?.collection.columns ?? table.columns;
	const hasAddresses = table.rows.some(({ url }) => url !== null);
	const rowAddress = hasAddresses ? words.rowAddress : null;
	const [columns, setColumns] = useState(() => columnsOf(found, { target, rowAddress }));
	const [picks, setPicks] = useState<Picks>(new Map());
	// Another target has other columns; what was typed and chosen stays.
	useEffect(() => setColumns((before) => aimed(before, target)), [target?.id, target?.mapping]);
	useEffect(() => setColumns((before) => joined(before, found, target)), [found]);
	const standings = useStandings({ world, rows, columns, target });
	const standingOf = (row: TableRow) => standings.of(row.id)?.standing;
	const isOn = (row: TableRow) => isPicked(picks, row.id, standingOf(row));
	const tick = (ticks: NonNullable<GridMove["ticks"]>) => setPicks(ticked(ticks, { rows, picks, isOn }));
	const picked = rows.filter(isOn);
	return {
		rows,
		columns,
		shown: columns.filter((column) => column.shown),
		names: useMemo(() => fieldNames(columns, target), [columns, target]),
		standings,
		standingOf,
		isOn,
		tick,
		/** How many cells of a column do not read as its type, of as many rows as tell that it is the wrong one. */
		misread: (column: GridColumn) =>
			rows.slice(0, enoughRows).filter((row) => cellOf(row, column)?.reads === false).length,
		counts: counted(rows, standingOf, picked.length),
		change: (id: string, change: ColumnChange) => setColumns((before) => changed(before, id, change)),
		addText: (column: { name: string; text: string }) => setColumns((before) => withText(before, column)),
		/** The ticked rows as the outbox takes them, in their order. */
		toSend: () => {
			const plan = { columns, names: fieldNames(columns, target), targetId: target?.id ?? null, source };
			return picked.map((row) => rowToSend(row, plan, standings.of(row.id)?.recordId ?? null));
		},
		/** After a press that sent them: how each stands now says whether it is ticked. */
		unpick: () => {
			standings.expect(picked.map(({ id }) => id));
			setPicks(new Map());
		},
	};
}

export type Grid = ReturnType<typeof useGrid>;

type Picking = { rows: readonly TableRow[]; picks: Picks; isOn: (row: TableRow) => boolean };

function ticked(ticks: NonNullable<GridMove["ticks"]>, { rows, picks, isOn }: Picking): Picks {
	if (ticks === "all") {
		const on = !rows.every(isOn);
		return pick(
			picks,
			rows.map(({ id }) => id),
			on,
		);
	}
	if ("toggle" in ticks) {
		const row = rows[ticks.toggle];
		return row ? pick(picks, [row.id], !isOn(row)) : picks;
	}
	const range = rows.slice(ticks.from, ticks.to + 1);
	return pick(
		picks,
		range.map(({ id }) => id),
		true,
	);
}

function counted(
	rows: readonly TableRow[],
	standingOf: (row: TableRow) => RowStanding | undefined,
	picked: number,
): GridCounts {
	const counts: GridCounts = { new: 0, update: 0, unchanged: 0, no_key: 0, picked };
	for (const row of rows) counts[standingOf(row) ?? "new"] += 1;
	return counts;
}
