import { useEffect, useState } from "preact/hooks";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import type { FoundTable } from "../../../capture/tables/types.ts";
import { chooseTarget } from "../../../settings/choose-target.ts";
import { siteOf } from "../../../settings/site-targets.ts";
import { targetsFor } from "../../local/settings.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuEntry } from "../../parts/menu.tsx";
import { gridWords as words } from "../../words/grid.ts";
import { GatherBar } from "../page/gather-bar.tsx";
import { RowsAtStake } from "../page/rows-at-stake.tsx";
import { noteNotSent, noteSent, useCollection } from "../page/use-collection.ts";
import { useReading } from "../page/use-reading.ts";
import type { PanelWorld } from "../panel.tsx";
import { columnName } from "./column-head.tsx";
import type { GridColumn } from "./columns.ts";
import { EditColumn } from "./edit-column.tsx";
import { RowsGrid } from "./rows-grid.tsx";
import { SendRows } from "./send-rows.tsx";
import { type Grid, useGrid } from "./use-grid.ts";
import { useSending } from "./use-sending.ts";

type TablePaneProps = {
	world: PanelWorld;
	tabId: number;
	table: FoundTable;
	/** The page it was found on. */
	source: { url: string; title: string };
	/** Whether the person asked for it anew; it is read once more then. */
	isAnew: () => boolean;
	/** There is work in it now: another tab in front must not take it away. */
	onHold: () => void;
};

/** One table: gathering its rows, choosing among them, and sending them. */
export function TablePane({ world, tabId, table, source, isAnew, onHold }: TablePaneProps) {
	const { target, aim } = aimOf(world, source.url);
	const all = useCollection(tabId);
	const gathered = all?.collection.table.id === table.id ? all : null;
	const title = table.title || words.untitled[table.kind];
	const from = gathered?.collection.source ?? source;
	const grid = useGrid({ world, table, gathered, target, source: { url: from.url, title: from.title || title } });
	const handle = useSending(world, title);
	const [editing, setEditing] = useState<GridColumn | "new" | null>(null);
	const reading = useReading({ tabId, table, isAnew });
	useEffect(() => {
		if (handle.sending.phase === "taking-back") noteNotSent(tabId);
	}, [handle.sending.phase]);
	useEffect(onHold, [tabId]);
	const column = editing === "new" ? null : editing;
	return (
		<>
			{reading.atStake && <RowsAtStake {...reading.atStake} onKeep={reading.keep} />}
			<div class="grid-tools">
				<GatherBar tabId={tabId} table={table} gathered={gathered} shown={grid.rows.length} reading={reading} />
				<Menu class="button" title={words.columns} entries={columnEntries(grid, setEditing)}>
					{words.columnCount(grid.shown.length)}
					<Icon name="down" />
				</Menu>
			</div>
			<RowsGrid grid={grid} title={title} target={target} onEdit={setEditing} />
			<SendRows
				world={world}
				grid={grid}
				target={target}
				handle={handle}
				onTarget={aim}
				onSent={() => gathered && noteSent(gathered.collection)}
			/>
			{editing !== null && (
				<EditColumn
					column={column}
					target={target}
					onChange={(change) => column && grid.change(column.id, change)}
					onAdd={grid.addText}
					onDone={() => setEditing(null)}
				/>
			)}
		</>
	);
}

/** Where this site's rows go, and another choice for it: what is captured there by the popup goes along, to the others chosen for it too. */
function aimOf({ settings }: PanelWorld, url: string): { target: TargetView | null; aim: (targetId: string) => void } {
	const site = siteOf(url);
	const [target = null, ...also] = targetsFor(settings, site);
	const others = also.map(({ id }) => id);
	return { target, aim: (targetId) => void chooseTarget(targetId, site, others) };
}

/** Which columns are sent, and one more with the same text in every row. */
function columnEntries(grid: Grid, edit: (column: "new") => void): MenuEntry[] {
	const entries: MenuEntry[] = grid.columns.map(({ id, name, shown }) => ({
		label: columnName({ id, name }),
		checked: shown,
		many: true,
		onPress: () => grid.change(id, { shown: !shown }),
	}));
	return [...entries, "line", { label: words.newColumn, icon: "plus", onPress: () => edit("new") }];
}
