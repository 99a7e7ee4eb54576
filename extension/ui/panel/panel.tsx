import { useEffect, useMemo, useState } from "preact/hooks";
import type { Client } from "../../api/client.ts";
import { createPageClient } from "../../api/page-client.ts";
import type { Feed } from "../../live/shared-feed.ts";
import type { Outbox } from "../../outbox/types.ts";
import { isWishFor, type PanelView, type PanelWish, panelWish } from "../../settings/panel-wish.ts";
import { askFlush } from "../local/ask-flush.ts";
import { useFeed, useLook } from "../local/live.ts";
import { useOnline } from "../local/online.ts";
import { useOutbox } from "../local/outbox.ts";
import { type Records, useRecords } from "../local/records.ts";
import { type Settings, useSettings } from "../local/settings.ts";
import { lazy } from "../parts/lazy.tsx";
import { Tabs } from "../parts/tabs.tsx";
import type { PickWorld } from "../pick/pick-pane.tsx";
import { panelWords as words } from "../words/panel.ts";
import { CutOff } from "./cut-off.tsx";
import { LinksTab } from "./jobs/links-tab.tsx";
import { useJobs } from "./jobs/use-jobs.ts";
import { PageTab } from "./page/page-tab.tsx";
import { WaitingTab } from "./waiting/waiting-tab.tsx";

const PickPane = lazy<{ world: PickWorld }>(async () => (await import("../pick/pick-pane.tsx")).PickPane);

/** `wish`: what it is opened for. `windowId`: the window it is in. */
export type PanelStart = {
	settings: Settings;
	outbox: Outbox;
	records: Records;
	wish: PanelWish | null;
	windowId: number;
};

/** What every tab of the panel stands on. */
export type PanelWorld = {
	settings: Settings;
	outbox: Outbox;
	records: Records;
	online: boolean;
	feed: Feed | null;
	client: Client;
};

/** The panel lists what waits; of the newest captures it needs none but to know that there are some. */
export const recentLimit = 1;

/** The side panel: longer work beside the page. */
export function Panel({ start }: { start: PanelStart }) {
	const settings = useSettings(start.settings);
	const outbox = useOutbox(settings.account, { outbox: start.outbox, account: start.settings.account });
	const records = useRecords(outbox, recentLimit, start.records);
	const online = useOnline();
	const client = useMemo(createPageClient, []);
	const [view, setView] = useState<PanelView>(start.wish?.view ?? "page");
	const wish = useWish(start, setView);
	useLook(records.unsettled);
	const feed = useFeed(settings.account, outbox);
	useEffect(askFlush, []);
	const world: PanelWorld = { settings, outbox, records, online, feed, client };
	// Here and not in its tab: a job goes on while another one is looked at.
	const jobs = useJobs(world);
	const undelivered = records.counts.waiting + records.counts.needsYou;
	const tabs = [
		{ name: "page", title: words.page },
		{ name: "links", title: words.links },
		{ name: "pick", title: words.pick },
		{ name: "waiting", title: undelivered > 0 ? words.waitingCount(undelivered) : words.waiting },
	] as const;
	return (
		<main class="panel">
			<h1 class="unseen">{words.title}</h1>
			<Tabs label={words.title} tabs={tabs} open={view} onOpen={setView}>
				<CutOff userId={settings.account?.userId ?? null} />
				{/* Another person's, or another workspace's, tables and targets are drawn anew. */}
				<div class="panel-main" key={`${settings.account?.userId} ${settings.account?.workspaceId}`}>
					{view === "page" && <PageTab world={world} wish={wish} />}
					{view === "links" && <LinksTab world={world} jobs={jobs} />}
					<KeptPick isOpen={view === "pick"} world={world} />
					{view === "waiting" && <WaitingTab world={world} />}
				</div>
			</Tabs>
		</main>
	);
}

/** Begun when it is first looked at, and kept from then on: what was picked is there after a look at another tab. */
function KeptPick({ isOpen, world }: { isOpen: boolean; world: PickWorld }) {
	const [isBegun, setBegun] = useState(isOpen);
	if (isOpen && !isBegun) setBegun(true);
	return isBegun ? (
		<div class="pick-kept" hidden={!isOpen}>
			<PickPane world={world} />
		</div>
	) : null;
}

/** What the panel was last opened for; a press in its window while it is open is another one. */
function useWish({ wish: first, windowId }: PanelStart, show: (view: PanelView) => void): PanelWish | null {
	const [wish, setWish] = useState(first);
	useEffect(
		() =>
			panelWish.watch((next) => {
				if (next === null || !isWishFor(windowId, next)) return;
				setWish(next);
				show(next.view);
			}),
		[],
	);
	return wish;
}
