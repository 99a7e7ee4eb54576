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
export const defaultTarget = (targets: readonly MenuTarget[], selectedId: string | null): string | null =>
	targets.find((target) => target.id === selectedId)?.id ?? targets[0]?.id ?? null;
