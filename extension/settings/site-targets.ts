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
	const { [keyOf({ workspaceId, site })]: before, ...others } = await siteTargets.getValue();
	if (before === undefined && targetIds.length === 0) return;
	const chosen = targetIds.length > 0 ? { [keyOf({ workspaceId, site })]: [...targetIds] } : {};
	await siteTargets.setValue(Object.fromEntries(Object.entries({ ...others, ...chosen }).slice(-maxSites)));
}

function keyOf({ workspaceId, site }: { workspaceId: string | null; site: string }): string {
	return `${workspaceId ?? ""}/${site}`;
}
