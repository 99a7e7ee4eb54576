import { roleHere } from "../../local/may.ts";
import { useSwitchWorkspace } from "../../local/use-switch-workspace.ts";
import { Icon } from "../../parts/icon.tsx";
import { firstLetter } from "../../parts/initials.ts";
import { Menu, type MenuEntry } from "../../parts/menu.tsx";
import { Problem } from "../../parts/problem.tsx";
import { roleWords } from "../../words/roles.ts";
import { workspaceWords as words } from "../../words/workspace.ts";
import { useWorld } from "../context.ts";

/** In the rail: where the person works, and the way to their other workspaces. */
export function WorkspaceSwitcher() {
	const { account } = useWorld().settings;
	const { busy, problem, switchTo } = useSwitchWorkspace();
	if (!account) return null;
	const role = roleHere(account);
	const entries: MenuEntry[] = account.workspaces.map((workspace) => ({
		label: workspace.name,
		note: workspace.personal ? roleWords.personalNote : roleWords.roles[workspace.role],
		checked: workspace.id === account.workspaceId,
		onPress: () => {
			if (workspace.id !== account.workspaceId) switchTo(workspace);
		},
	}));
	entries.push(
		"line",
		{ label: words.manage, icon: "people", onPress: () => location.assign("#workspace") },
		{ label: words.new, icon: "plus", onPress: () => location.assign("#workspace/new") },
	);
	return (
		<div class="workspace-switcher">
			<Menu
				class="button workspace-button"
				label={words.switcher(account.workspaceName, role ? roleWords.roles[role] : "")}
				entries={entries}
			>
				<span class="workspace-mark" data-letter={firstLetter(account.workspaceName)} />
				<span class="clip workspace-name">{busy === null ? account.workspaceName : roleWords.switching(busy)}</span>
				<Icon name="down" />
			</Menu>
			<Problem>{problem}</Problem>
		</div>
	);
}
