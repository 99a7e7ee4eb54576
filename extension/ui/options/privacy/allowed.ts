import { browser } from "wxt/browser";

/** What the person allowed beyond what every install may do. */
export type Allowed = { origins: string[]; tabs: boolean };

/** The pattern that stands for every site, as the browser lists it after it was asked for by scheme. */
const everySite: ReadonlySet<string> = new Set(["https://*/*", "http://*/*", "*://*/*", "<all_urls>"]);

export const isEverySite = (origin: string): boolean => everySite.has(origin);

/** A pattern as a person reads it: `https://example.com/*` is example.com. */
export const siteName = (origin: string): string => origin.replace(/^[^:]+:\/\//, "").replace(/\/\*$/, "");

/** The patterns by what they are called: one site may have been allowed by two schemes. */
export function bySite(origins: readonly string[], everySiteName: string): Map<string, string[]> {
	const sites = new Map<string, string[]>();
	for (const origin of origins) {
		const name = isEverySite(origin) ? everySiteName : siteName(origin);
		sites.set(name, [...(sites.get(name) ?? []), origin]);
	}
	return sites;
}

export async function readAllowed(): Promise<Allowed> {
	const { origins = [], permissions = [] } = await browser.permissions.getAll();
	return { origins, tabs: permissions.includes("tabs") };
}

/** Called with every change, whoever made it. @returns the unsubscribe */
export function onAllowed(listener: () => void): () => void {
	const { onAdded, onRemoved } = browser.permissions;
	onAdded.addListener(listener);
	onRemoved.addListener(listener);
	return () => {
		onAdded.removeListener(listener);
		onRemoved.removeListener(listener);
	};
}
