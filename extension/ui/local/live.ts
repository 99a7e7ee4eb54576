import { useEffect, useRef, useState } from "preact/hooks";
import type { Feed, News } from "../../live/shared-feed.ts";
import { ask } from "../../messages/ask.ts";
import type { LocalRecord, Outbox } from "../../outbox/types.ts";
import type { Account } from "../../settings/account.ts";

/** A line that is tried again within this time is nothing to speak of. */
const patienceMs = 5_000;
/** A batch takes less; after that the background may have been stopped in the middle of it. */
const sendingMs = 5_000;

/**
 * What changes at the backend, as it happens, while this page is open; null until it has begun, and for a guest. What is told of records of
 * this device is in the outbox already when the news come.
 */
export function useFeed(account: Account | null, outbox: Outbox): Feed | null {
	const [feed, setFeed] = useState<Feed | null>(null);
	const place = account?.workspaceId ? `${account.userId} ${account.workspaceId}` : null;
	useEffect(() => {
		if (account === null || place === null) return;
		let left = false;
		let opened: Feed | null = null;
		// After the first paint: nothing that is drawn at once needs it.
		const scripts = Promise.all([import("../../live/open-feed.ts"), import("../../api/page-client.ts")]);
		void scripts.then(([{ openFeed }, { createPageClient }]) => {
			if (left) return;
			opened = openFeed({ account, outbox, client: createPageClient() });
			setFeed(opened);
		});
		return () => {
			left = true;
			opened?.close();
			setFeed(null);
		};
	}, [place, outbox]);
	return feed;
}

/** Calls for every piece of news; whatever comes while the last call is at work is one more call after it. */
export function useNews(feed: Feed | null, concerns: (news: News) => boolean, act: () => Promise<void>): void {
	const now = useRef({ concerns, act });
	now.current = { concerns, act };
	useEffect(() => {
		if (feed === null) return;
		let [acting, again] = [false, false];
		const run = async (): Promise<void> => {
			again = acting;
			if (acting) return;
			acting = true;
			await now.current.act().catch(() => undefined);
			acting = false;
			if (again) await run();
		};
		return feed.onNews((news) => {
			if (now.current.concerns(news)) void run();
		});
	}, [feed]);
}

/** Whether this page has not been told of changes for a while although it should be. */
export function useIsLate(feed: Feed | null, online: boolean): boolean {
	const [late, setLate] = useState(false);
	useEffect(() => {
		setLate(false);
		if (feed === null || !online) return;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const leave = feed.onState((live) => {
			clearTimeout(timer);
			if (live) setLate(false);
			else timer = setTimeout(() => setLate(true), patienceMs);
		});
		return () => {
			clearTimeout(timer);
			leave();
		};
	}, [feed, online]);
	return late;
}

/**
 * Asks the background to look once, when the page opens; and once more when something has been on its way out for too long: when the browser
 * stopped the background in the middle of it, this is what wakes it again. The rest is told by the feed.
 */
export function useLook(unsettled: readonly LocalRecord[]): void {
	useEffect(() => void ask("records.refresh", {}).catch(() => undefined), []);
	const sending = unsettled.flatMap(({ id, version, state }) => (state === "sending" ? `${id} ${version}` : [])).join();
	useEffect(() => {
		if (sending === "") return;
		const timer = setTimeout(() => void ask("outbox.flush", {}).catch(() => undefined), sendingMs);
		return () => clearTimeout(timer);
	}, [sending]);
}
