import type { TargetView } from "../../../backend/contract/targets.ts";
import { openPanel } from "../../background/open-panel.ts";
import { numberText, onward } from "../../i18n/locale.ts";
import { chooseTarget } from "../../settings/choose-target.ts";
import { chooseForSite } from "../../settings/site-targets.ts";
import type { Settings } from "../local/settings.ts";
import { optionsPath } from "../options/route.ts";
import { Icon, Mark } from "../parts/icon.tsx";
import { Menu, type MenuEntry } from "../parts/menu.tsx";
import { popupWords } from "../words/popup.ts";
import { roleWords } from "../words/roles.ts";
import { productName } from "../words/shared.ts";
import type { ActiveTab } from "./read-page.ts";

type HeaderProps = {
	settings: Settings;
	/** Where the record goes; none: nowhere yet. */
	aimed: readonly TargetView[];
	site: string;
	/** The tab the popup is over. */
	tab: ActiveTab | null;
	/** How many records have not arrived. */
	queued: number;
	onQueue: () => void;
	onPickRows: () => void;
	onSwitch: (workspace: { id: string; name: string }) => void;
};

/** The thin head of the popup: the mark, where records go, and the menu. */
export function Header({ settings, aimed, site, ...rest }: HeaderProps) {
	return (
		<header class="head">
			<span class="brand">
				<Mark />
				{productName}
			</span>
			{aimed.length > 0 ? (
				<TargetSwitcher targets={settings.targets} aimed={aimed} site={site} />
			) : (
				<span class="head-space" />
			)}
			<Menu class="button head-menu" label={popupWords.menu} entries={menuEntries({ settings, ...rest })}>
				<Icon name="more" />
			</Menu>
		</header>
	);
}

type SwitcherProps = { targets: readonly TargetView[]; aimed: readonly TargetView[]; site: string };

/** The target whose columns are drawn, and those that get the record too: chosen for this site, and remembered for it. */
function TargetSwitcher({ targets, aimed, site }: SwitcherProps) {
	const [first, ...also] = aimed;
	const name =
		also.length > 1 ? popupWords.andMore(first?.name ?? "", also.length) : aimed.map((one) => one.name).join(" + ");
	return (
		<Menu
			class="button switcher"
			title={popupWords.switchTarget(aimed.map((one) => [one.name, one.providerTitle]))}
			entries={switcherEntries({ targets, aimed, site })}
		>
			<span class="clip">
				<span class="switcher-arrow" aria-hidden="true">
					{`${onward} `}
				</span>
				{name}
				{also.length === 0 && <span class="muted"> · {first?.providerTitle}</span>}
			</span>
			<Icon name="down" />
		</Menu>
	);
}

function switcherEntries({ targets, aimed, site }: SwitcherProps): MenuEntry[] {
	const [first, ...also] = aimed.map(({ id }) => id);
	const entries: MenuEntry[] = targets.map((one) => ({
		label: one.name,
		note: one.providerTitle,
		checked: one.id === first,
		onPress: () => void chooseTarget(one.id, site, also),
	}));
	const others = site === "" ? [] : targets.filter(({ id }) => id !== first);
	if (others.length > 0) entries.push("line", { heading: popupWords.alsoTo(site) });
	for (const { id, name, providerTitle } of others) {
		const checked = also.includes(id);
		const next = checked ? also.filter((one) => one !== id) : [...also, id];
		const onPress = () => void chooseForSite(site, [first ?? id, ...next]);
		entries.push({ label: name, note: providerTitle, checked, many: true, name: popupWords.alsoToOne(name), onPress });
	}
	entries.push("line", { label: popupWords.newTarget, icon: "plus", href: optionsPath("targets", "new") });
	return entries;
}

function menuEntries({ settings, tab, queued, ...on }: Omit<HeaderProps, "aimed" | "site">): MenuEntry[] {
	return [
		...workspaceEntries(settings.account, on.onSwitch),
		{ label: popupWords.menuOverview, icon: "home", href: optionsPath("overview") },
		{
			label: popupWords.menuQueue,
			icon: "cloud",
			...(queued > 0 ? { note: numberText(queued) } : {}),
			onPress: on.onQueue,
		},
		...pageEntries(tab),
		{ label: popupWords.menuPickRows, icon: "check", onPress: on.onPickRows },
		{ label: popupWords.menuRecords, icon: "list", href: optionsPath("records") },
		{ label: popupWords.menuTargets, icon: "table", href: optionsPath("targets") },
		"line",
		{
			label: settings.account?.email ?? popupWords.signIn,
			icon: "person",
			href: optionsPath("account"),
		},
		{ label: popupWords.menuSettings, icon: "gear", href: optionsPath("settings") },
	];
}

/** What is done with the whole page, beside it. */
function pageEntries(tab: ActiveTab | null): MenuEntry[] {
	if (tab === null || !/^https?:/.test(tab.url)) return [];
	const panel = () => {
		// The gesture opens it: nothing may be awaited before.
		openPanel("page", tab);
		window.close();
	};
	const pick = async () => {
		const { pickOnPage } = await import("../../background/pick-page.ts");
		// Put on the page before the popup closes: with it goes the gesture's permission to.
		await pickOnPage(tab.id, tab.url);
		window.close();
	};
	return [
		{ label: popupWords.menuPanel, icon: "table", onPress: panel },
		{ label: popupWords.menuPick, icon: "pick", onPress: () => void pick() },
	];
}

/** Where the person works, to be changed with one press; nothing for those who have one workspace only. */
function workspaceEntries(account: Settings["account"], onSwitch: HeaderProps["onSwitch"]): MenuEntry[] {
	if (!account || account.workspaces.length < 2) return [];
	const entries: MenuEntry[] = account.workspaces.map((workspace) => ({
		label: workspace.name,
		note: workspace.personal ? roleWords.personalNote : roleWords.roles[workspace.role],
		checked: workspace.id === account.workspaceId,
		onPress: () => {
			if (workspace.id !== account.workspaceId) onSwitch(workspace);
		},
	}));
	return [...entries, "line"];
}
