import { useEffect, useRef, useState } from "preact/hooks";
import type { FoundTable } from "../../../capture/tables/types.ts";
import type { PanelWish } from "../../../settings/panel-wish.ts";
import { Banner } from "../../parts/banner.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { gridWords as words } from "../../words/grid.ts";
import { TablePane } from "../grid/table-pane.tsx";
import type { PanelWorld } from "../panel.tsx";
import { NoAccess } from "./no-access.tsx";
import { type FrontTab, useFrontTab } from "./use-tab.ts";
import { useTables } from "./use-tables.ts";

type PageTabProps = { world: PanelWorld; wish: PanelWish | null };

/** The tables and lists of one tab's page. A table that is being looked at stays when another tab comes to the front. */
export function PageTab({ world, wish }: PageTabProps) {
	const { front, held, tab, tables, hold, lookAgain, turn } = useLook(wish);
	if (tab === null || tables.kind === "looking") return <p class="muted panel-note">{words.looking}</p>;
	if (tables.kind === "closed") return <NoAccess tab={tab} reason={tables.reason} onLookAgain={lookAgain} />;
	if (tables.tables.length === 0) {
		return (
			<Empty icon="table" action={<Button onPress={lookAgain}>{words.lookAgain}</Button>}>
				{words.noTables}
			</Empty>
		);
	}
	return (
		<>
			{held && front && held.id !== front.id && <OtherTab onShowFront={lookAgain} />}
			<Chooser
				key={tables.url}
				tables={tables.tables}
				onLookAgain={lookAgain}
				draw={(table) => (
					<TablePane
						key={`${tab.id} ${table.id} ${turn}`}
						world={world}
						tabId={tab.id}
						table={table}
						source={{ url: tables.url, title: tab.title || table.title }}
						onHold={() => hold(tab)}
					/>
				)}
			/>
		</>
	);
}

/** Which tab is looked at, and what its page holds. */
function useLook(wish: PanelWish | null) {
	const front = useFrontTab();
	const [held, setHeld] = useState<FrontTab | null>(null);
	const [again, setAgain] = useState(0);
	const turn = `${wish?.at ?? 0} ${again}`;
	const tab = held ?? front;
	// The page of a held tab goes on to others while its rows are gathered: it is looked at again only when the person says so.
	const page = useRef("");
	if (!held) page.current = `${front?.url} ${front?.title}`;
	const tables = useTables(tab?.id ?? null, `${turn} ${page.current}`);
	useEffect(() => setHeld(null), [wish?.at]);
	const lookAgain = () => {
		setHeld(null);
		setAgain(again + 1);
	};
	return { front, held, tab, tables, hold: setHeld, lookAgain, turn };
}

function OtherTab({ onShowFront }: { onShowFront: () => void }) {
	return (
		<Banner
			icon="page"
			action={
				<Button size="small" onPress={onShowFront}>
					{words.showFront}
				</Button>
			}
		>
			{words.otherTab}
		</Banner>
	);
}

type ChooserProps = {
	tables: readonly FoundTable[];
	onLookAgain: () => void;
	draw: (table: FoundTable) => preact.JSX.Element;
};

/** Which of the found tables is looked at; the most useful one is there from the start. */
function Chooser({ tables, onLookAgain, draw }: ChooserProps) {
	const [chosen, setChosen] = useState(tables[0]?.id);
	const table = tables.find(({ id }) => id === chosen) ?? tables[0];
	return (
		<>
			<div class="table-chooser">
				<select
					class="input"
					aria-label={words.table}
					value={table?.id}
					onChange={(event) => setChosen(event.currentTarget.value)}
				>
					{tables.map((one) => (
						<option key={one.id} value={one.id}>
							{words.tableOption(one.title || words.untitled[one.kind], one.total, one.columns.length)}
						</option>
					))}
				</select>
				<IconButton icon="undo" label={words.lookAgain} onPress={onLookAgain} />
			</div>
			{table && draw(table)}
		</>
	);
}
