import { useEffect, useMemo, useState } from "preact/hooks";
import type { Client } from "../../api/client.ts";
import { createPageClient } from "../../api/page-client.ts";
import type { Outbox } from "../../outbox/types.ts";
import { type PanelView, type PanelWish, panelWish } from "../../settings/panel-wish.ts";
import { askFlush } from "../local/ask-flush.ts";
import { useOnline } from "../local/online.ts";
import { useOutbox } from "../local/outbox.ts";
import { type Records, useFollow, useRecords } from "../local/records.ts";
import { type Settings, useSettings } from "../local/settings.ts";
import { Tabs } from "../parts/tabs.tsx";
import { panelWords as words } from "../words/panel.ts";
import { CutOff } from "./cut-off.tsx";
import { LinksTab } from "./jobs/links-tab.tsx";
import { PageTab } from "./page/page-tab.tsx";
import { WaitingTab } from "./waiting/waiting-tab.tsx";

export type PanelStart = { settings: Settings; outbox: Outbox; records: Records };

/** What every tab of the panel stands on. */
export type PanelWorld = {
	settings: Settings;
	outbox: Outbox;
	records: Records;
	online: boolean;
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
	const wish = useWish();
	const [view, setView] = useState<PanelView>("page");
	useFollow(records.unsettled);
	useEffect(() => setView(wish?.view ?? "page"), [wish?.at]);
	useEffect(askFlush, []);
	const world: PanelWorld = { settings, outbox, records, online, client };
	const undelivered = records.counts.waiting + records.counts.needsYou;
	const tabs = [
		{ name: "page", title: words.page },
		{ name: "links", title: words.links },
		{ name: "waiting", title: undelivered > 0 ? words.waitingCount(undelivered) : words.waiting },
	] as const;
	return (
		<>
			<h1 class="unseen">{words.title}</h1>
			<Tabs label={words.title} tabs={tabs} open={view} onOpen={setView}>
				<CutOff userId={settings.account?.userId ?? null} />
				{/* Another person's, or another workspace's, tables and targets are drawn anew. */}
				<main class="panel-main" key={`${settings.account?.userId} ${settings.account?.workspaceId}`}>
					{view === "page" && <PageTab world={world} wish={wish} />}
					{view === "links" && <LinksTab world={world} />}
					{view === "waiting" && <WaitingTab world={world} />}
				</main>
			</Tabs>
		</>
	);
}

/** What the panel was last opened for; a press elsewhere while it is open is another one. */
function useWish(): PanelWish | null {
	const [wish, setWish] = useState<PanelWish | null>(null);
	useEffect(() => {
		void panelWish.getValue().then(setWish);
		return panelWish.watch(setWish);
	}, []);
	return wish;
}
