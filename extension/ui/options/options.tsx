import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createPageClient } from "../../api/page-client.ts";
import type { News } from "../../live/shared-feed.ts";
import { ask } from "../../messages/ask.ts";
import type { Outbox } from "../../outbox/types.ts";
import { useFeed, useLook, useNews } from "../local/live.ts";
import { useOnline } from "../local/online.ts";
import { useOutbox } from "../local/outbox.ts";
import { type Records, useRecords } from "../local/records.ts";
import { refreshTargets } from "../local/refresh-targets.ts";
import { type Settings, useSettings } from "../local/settings.ts";
import { UndoLine } from "../parts/undo.tsx";
import { optionsWords } from "../words/options.ts";
import { AccountPage } from "./account/account-page.tsx";
import { ActivityPage } from "./activity/activity-page.tsx";
import { ConnectionsPage } from "./connections/connections-page.tsx";
import { type Catalog, OptionsContext, type OptionsWorld, type Undoable } from "./context.ts";
import { DataPage } from "./data/data-page.tsx";
import { InboxPage } from "./inbox/inbox-page.tsx";
import { OverviewPage } from "./overview/overview-page.tsx";
import { PrivacyPage } from "./privacy/privacy-page.tsx";
import { Rail } from "./rail.tsx";
import { RecipesPage } from "./recipes/recipes-page.tsx";
import { RecordsPage } from "./records/records-page.tsx";
import { type PageName, type Route, readRoute } from "./route.ts";
import { SelectionsPage } from "./selections/selections-page.tsx";
import { SettingsPage } from "./settings/settings-page.tsx";
import { ShortcutsPage } from "./shortcuts/shortcuts-page.tsx";
import { TargetsPage } from "./targets/targets-page.tsx";
import { Telling } from "./telling.tsx";
import { type Remote, useRemote } from "./use-remote.ts";
import { WebhooksPage } from "./webhooks/webhooks-page.tsx";
import { WorkspacePage } from "./workspace/workspace-page.tsx";

export type OptionsStart = { settings: Settings; outbox: Outbox; records: Records };

/** As many captures as the records page can show at most. */
export const recentLimit = 500;

export function Options({ start }: { start: OptionsStart }) {
	const route = useRoute();
	const [undoable, setUndoable] = useState<Undoable | null>(null);
	const world = useOptionsWorld(start, setUndoable);
	useEffect(() => {
		document.title = `${optionsWords.pages[route.page]} · Sheaf`;
	}, [route.page]);
	const { account } = world.settings;
	// An offer to undo names a record and works in its outbox: neither is there for the next person, or in the next workspace.
	useEffect(() => setUndoable(null), [account?.userId, account?.workspaceId]);
	return (
		<OptionsContext.Provider value={world}>
			<div class="shell">
				<Rail page={route.page} />
				<main class="page" key={placeOf(route.page, world)}>
					<h1>{optionsWords.pages[route.page]}</h1>
					<Telling page={route.page} />
					<Page route={route} />
				</main>
			</div>
			{undoable && (
				<UndoLine
					words={undoable.words}
					onUndo={() => void undoable.undo().finally(() => setUndoable(null))}
					onGone={() => setUndoable(null)}
				/>
			)}
		</OptionsContext.Provider>
	);
}

const ofOneWorkspace: ReadonlySet<PageName> = new Set([
	"connections",
	"targets",
	"selections",
	"recipes",
	"inbox",
	"webhooks",
	"activity",
	"workspace",
]);

/** What is half-typed about one workspace must not be sent to the next: there, the page is drawn anew. */
function placeOf(page: PageName, { settings }: OptionsWorld): string {
	return ofOneWorkspace.has(page) ? `${page} ${settings.account?.workspaceId}` : page;
}

function Page({ route }: { route: Route }) {
	switch (route.page) {
		case "overview":
			return <OverviewPage />;
		case "connections":
			return <ConnectionsPage route={route} />;
		case "targets":
			return <TargetsPage route={route} />;
		case "selections":
			return <SelectionsPage route={route} />;
		case "recipes":
			return <RecipesPage route={route} />;
		case "records":
			return <RecordsPage route={route} />;
		case "webhooks":
			return <WebhooksPage />;
		case "inbox":
			return <InboxPage />;
		case "activity":
			return <ActivityPage />;
		case "workspace":
			return <WorkspacePage adding={route.adding} />;
		case "account":
			return <AccountPage />;
		case "data":
			return <DataPage />;
		case "settings":
			return <SettingsPage />;
		case "shortcuts":
			return <ShortcutsPage />;
		case "privacy":
			return <PrivacyPage />;
	}
}

function useRoute(): Route {
	const [route, setRoute] = useState(() => readRoute(location.hash));
	useEffect(() => {
		const update = () => setRoute(readRoute(location.hash));
		addEventListener("hashchange", update);
		return () => removeEventListener("hashchange", update);
	}, []);
	return route;
}

function useOptionsWorld(start: OptionsStart, offerUndo: (change: Undoable) => void): OptionsWorld {
	const settings = useSettings(start.settings);
	const outbox = useOutbox(settings.account, { outbox: start.outbox, account: start.settings.account });
	const records = useRecords(outbox, recentLimit, start.records);
	const online = useOnline();
	const client = useMemo(createPageClient, []);
	useLook(records.unsettled);
	const feed = useFeed(settings.account, outbox);
	const { account } = settings;
	// Another workspace is another set of connections and targets.
	const key = account ? [account.userId, account.workspaceId, settings.serverUrl].join(" ") : null;
	const [answer, reload] = useRemote(key, async (): Promise<Catalog> => {
		const [providers, connections] = await Promise.all([
			client.providers(),
			client.connections(),
			refreshTargets(),
			// Writes what the person may do into the settings; without a network, what was known stays.
			ask("account.refresh", {}).catch(() => undefined),
		]);
		return { providers, connections };
	});
	useReturn(key, reload);
	useNews(feed, concernsCatalog, reload);
	const catalog = useLasting(key, answer);
	return { settings, outbox, records, online, client, feed, catalog, reload, offerUndo };
}

/** `null`: nobody knows what was missed. */
function concernsCatalog(news: News): boolean {
	return news === null || news.lists.includes("connections") || news.lists.includes("targets");
}

/** What was known stays while it cannot be had anew: a page that is being filled in must not go with the network. */
function useLasting<Value>(key: string | null, answer: Remote<Value>): Remote<Value> {
	const last = useRef({ key, answer });
	if (answer.state === "ready") last.current = { key, answer };
	return answer.state === "failed" && last.current.key === key ? last.current.answer : answer;
}

/** Between two looks away, little changes. */
const staleMs = 2_000;

/** Who comes back to this page, or to a network, may have joined a workspace, or been given another role, in the meantime. */
function useReturn(key: string | null, reload: () => Promise<void>): void {
	useEffect(() => {
		if (key === null) return;
		let askedAt = Date.now();
		const askAgain = () => {
			askedAt = Date.now();
			void reload();
		};
		const look = () => {
			if (document.visibilityState === "visible" && Date.now() - askedAt >= staleMs) askAgain();
		};
		document.addEventListener("visibilitychange", look);
		addEventListener("online", askAgain);
		return () => {
			document.removeEventListener("visibilitychange", look);
			removeEventListener("online", askAgain);
		};
	}, [key, reload]);
}
