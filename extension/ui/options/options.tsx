import { useEffect, useMemo, useState } from "preact/hooks";
import { createPageClient } from "../../api/page-client.ts";
import type { Outbox } from "../../outbox/types.ts";
import { useOnline } from "../local/online.ts";
import { useOutbox } from "../local/outbox.ts";
import { type Records, useFollow, useRecords } from "../local/records.ts";
import { refreshTargets } from "../local/refresh-targets.ts";
import { type Settings, useSettings } from "../local/settings.ts";
import { UndoLine } from "../parts/undo.tsx";
import { optionsWords } from "../words/options.ts";
import { AccountPage } from "./account/account-page.tsx";
import { ConnectionsPage } from "./connections/connections-page.tsx";
import { type Catalog, OptionsContext, type OptionsWorld, type Undoable } from "./context.ts";
import { OverviewPage } from "./overview/overview-page.tsx";
import { Rail } from "./rail.tsx";
import { RecordsPage } from "./records/records-page.tsx";
import { type Route, readRoute } from "./route.ts";
import { SettingsPage } from "./settings/settings-page.tsx";
import { TargetsPage } from "./targets/targets-page.tsx";
import { useRemote } from "./use-remote.ts";

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
	return (
		<OptionsContext.Provider value={world}>
			<div class="shell">
				<Rail page={route.page} />
				<main class="page" key={route.page}>
					<h1>{optionsWords.pages[route.page]}</h1>
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

function Page({ route }: { route: Route }) {
	switch (route.page) {
		case "overview":
			return <OverviewPage />;
		case "connections":
			return <ConnectionsPage route={route} />;
		case "targets":
			return <TargetsPage route={route} />;
		case "records":
			return <RecordsPage filter={route.filter} />;
		case "account":
			return <AccountPage />;
		case "settings":
			return <SettingsPage />;
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
	const outbox = useOutbox(settings.account, { outbox: start.outbox, userId: start.settings.account?.userId ?? null });
	const records = useRecords(outbox, recentLimit, start.records);
	const online = useOnline();
	const client = useMemo(createPageClient, []);
	useFollow(records.unsettled);
	const key = settings.account ? `${settings.account.userId} ${settings.serverUrl} ${online}` : null;
	const [catalog, reload] = useRemote(key, async (): Promise<Catalog> => {
		const [providers, connections, session] = await Promise.all([
			client.providers(),
			client.connections(),
			client.userSession(),
			refreshTargets(),
		]);
		return { providers, connections, session };
	});
	return { settings, outbox, records, online, client, catalog, reload, offerUndo };
}
