import { useEffect, useState } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import type { Account } from "../../settings/account.ts";
import {
	account,
	guestBannerHiddenAt,
	type MenuChoice,
	menu,
	movedCaptures,
	selectedTargetId,
	serverUrl,
	sessionEndedAt,
	siteTargets,
	type Theme,
	targets,
	theme,
	unopenedParcels,
} from "../../settings/items.ts";
import { chosenForSite } from "../../settings/site-targets.ts";
import { canSync } from "./may.ts";

/** Everything a page paints from besides the records, as one value. */
export type Settings = {
	account: Account | null;
	/** When the backend ended the session, until the next sign-in (epoch milliseconds). */
	sessionEndedAt: number | null;
	targets: TargetView[];
	selectedTargetId: string | null;
	/** By workspace and site (`settings/site-targets.ts`). */
	siteTargets: Record<string, string[]>;
	serverUrl: string;
	theme: Theme;
	menu: MenuChoice;
	/** When the guest's banner was hidden (epoch milliseconds). */
	guestBannerHiddenAt: number | null;
	/** How many captures moved from the guest to this account, until the person has been told; 0 when there is nothing to say. */
	movedCaptures: number;
	/** Whether something that was sealed at an earlier sign-out is still closed, and the person has not read so. */
	hasUnopened: boolean;
};

const items = {
	account,
	sessionEndedAt,
	targets,
	selectedTargetId,
	siteTargets,
	serverUrl,
	theme,
	menu,
	guestBannerHiddenAt,
	movedCaptures,
	unopenedParcels,
};

/** Reads the settings once, before the first paint of the page proper. */
export async function readSettings(): Promise<Settings> {
	const [who, endedAt, targetList, selected, sites, server, look, menuChoice, hiddenAt, moved, unopened] =
		await Promise.all([
			account.getValue(),
			sessionEndedAt.getValue(),
			targets.getValue(),
			selectedTargetId.getValue(),
			siteTargets.getValue(),
			serverUrl.getValue(),
			theme.getValue(),
			menu.getValue(),
			guestBannerHiddenAt.getValue(),
			movedCaptures.getValue(),
			unopenedParcels.getValue(),
		]);
	return {
		account: who,
		sessionEndedAt: endedAt,
		targets: targetList,
		selectedTargetId: selected,
		siteTargets: sites,
		serverUrl: server,
		theme: look,
		menu: menuChoice,
		guestBannerHiddenAt: hiddenAt,
		movedCaptures: moved !== null && moved.userId === who?.userId ? moved.count : 0,
		hasUnopened: unopened !== null,
	};
}

/** The settings, kept up with what the background and other pages write. */
export function useSettings(initial: Settings): Settings {
	const [settings, setSettings] = useState(initial);
	useEffect(() => {
		const reload = () => void readSettings().then(setSettings);
		const stops = Object.values(items).map((item) => item.watch(reload));
		// What was written between the first look and now told nobody here.
		reload();
		return () => {
			for (const stop of stops) stop();
		};
	}, []);
	useEffect(() => applyTheme(settings.theme), [settings.theme]);
	return settings;
}

/** The theme is kept a second time where the page's first script can read it at once, so that no wrong colours flash. */
export function applyTheme(theme: Theme): void {
	if (theme === "system") {
		delete document.documentElement.dataset["theme"];
		localStorage.removeItem("theme");
		return;
	}
	document.documentElement.dataset["theme"] = theme;
	localStorage.setItem("theme", theme);
}

/** Where a capture of this site goes: to those chosen for it together, else to the one in use. */
export function targetsFor(
	settings: Pick<Settings, "account" | "targets" | "selectedTargetId" | "siteTargets">,
	site: string,
): TargetView[] {
	const inUse = targetInUse(settings);
	if (inUse === null) return [];
	const ids = chosenForSite(settings.siteTargets, { workspaceId: settings.account?.workspaceId ?? null, site });
	const chosen = ids.flatMap((id) => settings.targets.find((target) => target.id === id) ?? []);
	return chosen.length > 0 ? chosen : [inUse];
}

/** Where the next capture goes: the chosen target, else the first one, else nowhere yet. A viewer's stays on the device. */
export function targetInUse(settings: Pick<Settings, "account" | "targets" | "selectedTargetId">): TargetView | null {
	if (settings.account && !canSync(settings.account)) return null;
	return settings.targets.find((target) => target.id === settings.selectedTargetId) ?? settings.targets[0] ?? null;
}
