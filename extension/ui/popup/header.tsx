import type { TargetView } from "../../../backend/contract/targets.ts";
import { chooseTarget } from "../../settings/choose-target.ts";
import type { Settings } from "../local/settings.ts";
import { optionsPath } from "../options/route.ts";
import { Icon, Mark } from "../parts/icon.tsx";
import { Menu, type MenuEntry } from "../parts/menu.tsx";
import { popupWords } from "../words/popup.ts";
import { roleWords } from "../words/roles.ts";
import { productName } from "../words/shared.ts";

type HeaderProps = {
	settings: Settings;
	target: TargetView | null;
	onSwitch: (workspace: { id: string; name: string }) => void;
};

/** The thin head of the popup: the mark, where records go, and the menu. */
export function Header({ settings, target, onSwitch }: HeaderProps) {
	return (
		<header class="head">
			<span class="brand">
				<Mark />
				{productName}
			</span>
			{target ? <TargetSwitcher targets={settings.targets} target={target} /> : <span class="head-space" />}
			<Menu class="button head-menu" label={popupWords.menu} entries={menuEntries(settings, onSwitch)}>
				<Icon name="more" />
			</Menu>
		</header>
	);
}

function TargetSwitcher({ targets, target }: { targets: TargetView[]; target: TargetView }) {
	const entries: MenuEntry[] = targets.map((one) => ({
		label: one.name,
		note: one.providerTitle,
		checked: one.id === target.id,
		onPress: () => void chooseTarget(one.id),
	}));
	entries.push("line", { label: popupWords.newTarget, icon: "plus", href: optionsPath("targets", "new") });
	return (
		<Menu class="button switcher" title={popupWords.switchTarget(target.name, target.providerTitle)} entries={entries}>
			<span class="clip">
				<span class="switcher-arrow" aria-hidden="true">
					→{" "}
				</span>
				{target.name}
				<span class="muted"> · {target.providerTitle}</span>
			</span>
			<Icon name="down" />
		</Menu>
	);
}

function menuEntries(settings: Settings, onSwitch: HeaderProps["onSwitch"]): MenuEntry[] {
	return [
		...workspaceEntries(settings.account, onSwitch),
		{ label: popupWords.menuOverview, icon: "home", href: optionsPath("overview") },
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
