import type { TargetView } from "../../backend/contract/targets.ts";

/** One entry of the context menu, as `contextMenus.create` takes it. */
export type MenuEntry = {
	id: string;
	title: string;
	contexts: ["page", "selection", "link", "image"];
	parentId?: string;
};

type MenuTarget = Pick<TargetView, "id" | "name" | "providerTitle">;

const rootId = "send";
const targetPrefix = "send-to:";
const contexts: MenuEntry["contexts"] = ["page", "selection", "link", "image"];

/** `%s` in a menu title stands for the selection, and `&` marks an access key: neither may come from a name. */
const menuText = (text: string): string => text.replaceAll("&", "&&").replaceAll("%s", "% s");

/** One entry; with several targets, one entry per target below it. */
export const menuEntries = (targets: readonly MenuTarget[]): MenuEntry[] => {
	const [first, ...others] = targets;
	if (first === undefined) return [{ id: rootId, title: "Save with Sheaf", contexts }];
	const oneProvider = others.every((target) => target.providerTitle === first.providerTitle);
	const root = { id: rootId, title: oneProvider ? `Send to ${menuText(first.providerTitle)}` : "Send to", contexts };
	if (others.length === 0) return [root];
	const children = targets.map((target) => ({
		id: `${targetPrefix}${target.id}`,
		title: menuText(target.name),
		contexts,
		parentId: rootId,
	}));
	return [root, ...children];
};

/** The target that a menu entry names, or null for the entry that names none. */
export const targetOfEntry = (entryId: string | number): string | null =>
	String(entryId).startsWith(targetPrefix) ? String(entryId).slice(targetPrefix.length) : null;

/** Where a gesture that names no target sends: the chosen one while it exists, else the first; null without any. */
const defaultTarget = (targets: readonly MenuTarget[], selectedId: string | null): string | null =>
	targets.find((target) => target.id === selectedId)?.id ?? targets[0]?.id ?? null;

/**
 * Where a gesture sends. A menu entry names a table, and what was meant for that one goes to no other: when the target has
 * been deleted since the menu was drawn, the record waits for one. A gesture that names none goes to the default.
 */
export const targetOfGesture = (
	targets: readonly MenuTarget[],
	{ named, selected }: { named: string | null; selected: string | null },
): string | null =>
	named === null ? defaultTarget(targets, selected) : (targets.find((target) => target.id === named)?.id ?? null);
