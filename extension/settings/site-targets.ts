import { account, siteTargets } from "./items.ts";

/** More sites than anybody chooses tables for; the ones that were chosen for longest ago are forgotten first. */
const maxSites = 500;

/** What a page's captures are remembered by: its host. Empty for pages that have none. */
export function siteOf(url: string): string {
	return URL.parse(url)?.hostname.replace(/^www\./, "") ?? "";
}

/** The targets that were chosen for a site in the workspace at hand; none: it goes where everything goes. */
export function chosenForSite(
	stored: Readonly<Record<string, readonly string[]>>,
	place: { workspaceId: string | null; site: string },
): readonly string[] {
	return stored[keyOf(place)] ?? [];
}

/** Captures of this site go to all of these from now on, wherever those of others go; with none, where every other site's go. */
export async function chooseForSite(site: string, targetIds: readonly string[]): Promise<void> {
	const workspaceId = (await account.getValue())?.workspaceId ?? null;
	if (workspaceId === null || site === "") return;
	const stored = await siteTargets.getValue();
	const place = { workspaceId, site };
	if (chosenForSite(stored, place).length === 0 && targetIds.length === 0) return;
	await siteTargets.setValue(withChoice(stored, place, targetIds));
}

/** What is remembered once these are chosen for the site: it is the last to be forgotten now. */
export function withChoice(
	stored: Readonly<Record<string, readonly string[]>>,
	place: { workspaceId: string; site: string },
	targetIds: readonly string[],
): Record<string, string[]> {
	const others = Object.entries(stored).filter(([key]) => key !== keyOf(place));
	const chosen = targetIds.length > 0 ? [[keyOf(place), targetIds] as const] : [];
	return Object.fromEntries([...others, ...chosen].slice(-maxSites).map(([key, ids]) => [key, [...ids]]));
}

function keyOf({ workspaceId, site }: { workspaceId: string | null; site: string }): string {
	return `${workspaceId ?? ""}/${site}`;
}
