import { useEffect, useState } from "preact/hooks";
import { browser } from "wxt/browser";

/** The tab in front of the person. `url` and `title` are empty where the browser keeps them from us. */
export type FrontTab = { id: number; url: string; title: string };

/** The active tab of the panel's own window, whenever another one comes to the front or its page changes. */
export function useFrontTab(): FrontTab | null {
	const [tab, setTab] = useState<FrontTab | null>(null);
	useEffect(() => {
		const look = () =>
			void frontTab().then(
				(found) => setTab((before) => (isSame(before, found) ? before : found)),
				() => undefined,
			);
		const updated = (_id: number, change: { status?: string | undefined; url?: string | undefined }) => {
			if (change.status === "complete" || change.url !== undefined) look();
		};
		look();
		browser.tabs.onActivated.addListener(look);
		browser.tabs.onUpdated.addListener(updated);
		return () => {
			browser.tabs.onActivated.removeListener(look);
			browser.tabs.onUpdated.removeListener(updated);
		};
	}, []);
	return tab;
}

export async function frontTab(): Promise<FrontTab | null> {
	const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
	return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? "", title: tab.title ?? "" };
}

function isSame(one: FrontTab | null, other: FrontTab | null): boolean {
	return one?.id === other?.id && one?.url === other?.url && one?.title === other?.title;
}
