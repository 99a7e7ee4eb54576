import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FoundTable } from "../../../capture/tables/types.ts";
import type { PanelWish } from "../../../settings/panel-wish.ts";
import { Banner } from "../../parts/banner.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { gridWords as words } from "../../words/grid.ts";
import { TablePane } from "../grid/table-pane.tsx";
import { originOf } from "../host-access.ts";
import type { PanelWorld } from "../panel.tsx";
import { NoAccess } from "./no-access.tsx";
import { type FrontTab, useFrontTab } from "./use-tab.ts";
import { useTables } from "./use-tables.ts";

type PageTabProps = { world: PanelWorld; wish: PanelWish | null };

/** The tables and lists of one tab's page. A table that is being looked at stays when another tab comes to the front. */
export function PageTab({ world, wish }: PageTabProps) {
	const { front, held, tab, isAsked, tables, hold, lookAgain, readAnew, isAnew, turn } = useLook(wish);
	if (tab !== null && !isAsked) return <NotAsked tab={tab} onLook={lookAgain} />;
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
				onLookAgain={readAnew}
				draw={(table) => (
					<TablePane
						key={`${tab.id} ${table.id} ${turn}`}
						world={world}
						tabId={tab.id}
						table={table}
						source={{ url: tables.url, title: tab.title || table.title }}
						isAnew={isAnew}
						onHold={() => hold(tab)}
					/>
				)}
			/>
		</>
	);
}

/**
 * Which tab is looked at, and what its page holds. A page is read after a press alone, at which the panel was opened for its tab, or on "Look
 * again": one that only comes to the front is left alone, also on a site that may be read (CAP-5).
 */
function useLook(wish: PanelWish | null) {
	const front = useFrontTab();
	const [held, setHeld] = useState<FrontTab | null>(null);
	const [asked, setAsked] = useState<FrontTab | null>(null);
	const [turn, setTurn] = useState(0);
	/** The person pressed "Look again" at a table, which is to be read once more: it alone, and once. */
	const anew = useRef(false);
	const tab = held ?? front;
	const isAsked = held !== null || (front !== null && front.id === asked?.id && front.url === asked.url);
	// The page of a held tab goes on to others while its rows are gathered: it is looked at again only when the person says so.
	const page = useRef("");
	if (!held) page.current = `${front?.url} ${front?.title}`;
	const tables = useTables(isAsked && tab !== null ? tab.id : null, `${turn} ${page.current}`);
	const lookAgain = () => {
		anew.current = false;
		setHeld(null);
		setAsked(front);
		setTurn((before) => before + 1);
	};
	const readAnew = () => {
		lookAgain();
		anew.current = true;
	};
	const isAnew = () => {
		const is = anew.current;
		anew.current = false;
		return is;
	};
	// A wish for the tab of another window is none for this panel. Before the paint: nothing else is shown for a moment.
	useLayoutEffect(() => {
		if (front !== null && wish?.tabId === front.id) lookAgain();
	}, [wish?.at, front === null]);
	return { front, held, tab, isAsked, tables, hold: setHeld, lookAgain, readAnew, isAnew, turn };
}

/** A page that nobody asked about yet. Of one that the browser says nothing about, we know that it may not be read. */
function NotAsked({ tab, onLook }: { tab: FrontTab; onLook: () => void }) {
	if (originOf(tab.url) === null) return <NoAccess tab={tab} reason="not-readable" onLookAgain={onLook} />;
	return (
		<Empty
			icon="table"
			action={
				<Button look="main" onPress={onLook}>
					{words.look}
				</Button>
			}
		>
			{words.notAsked}
		</Empty>
	);
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
