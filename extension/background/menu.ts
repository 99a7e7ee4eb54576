import type { TargetView } from "../../backend/contract/targets.ts";
import { t } from "../i18n/t.ts";

/** One entry of the context menu, as `contextMenus.create` takes it. */
export type MenuEntry = {
	id: string;
	title: string;
	contexts: ["page", "selection", "link", "image", "video"] | ["page"] | ["action"];
	parentId?: string;
};

type MenuTarget = Pick<TargetView, "id" | "name" | "providerTitle">;

const rootId = "send";
const usualId = "send-usual";
const targetPrefix = "send-to:";
const tablesId = "tables";
const pickId = "pick";
const contexts: MenuEntry["contexts"] = ["page", "selection", "link", "image", "video"];

/** `%s` in a menu title stands for the selection, and `&` marks an access key: neither may come from a name. */
const menuText = (text: string): string => text.replaceAll("&", "&&").replaceAll("%s", "% s");

/** One entry; with several targets, one entry per target below it, and one for what was chosen for the site where anything was. */
export const menuEntries = (targets: readonly MenuTarget[], choices: { forSites: boolean }): MenuEntry[] => {
	const [first, ...others] = targets;
	if (first === undefined) return [{ id: rootId, title: t("background.menu.save"), contexts }];
	const oneProvider = others.every((target) => target.providerTitle === first.providerTitle);
	const root = {
		id: rootId,
		title: oneProvider
			? t("background.menu.sendTo", { provider: menuText(first.providerTitle) })
			: t("background.menu.send"),
		contexts,
	};
	if (others.length === 0) return [root];
	const children = targets.map((target) => ({
		id: `${targetPrefix}${target.id}`,
		title: menuText(target.name),
		contexts,
		parentId: rootId,
	}));
	const tables: MenuEntry = {
		id: `${tablesId}-of-page`,
		title: t("background.menu.tables"),
		contexts: ["page"],
		parentId: rootId,
	};
	const usual = { id: usualId, title: t("background.menu.usual"), contexts, parentId: rootId };
	const pick: MenuEntry = { ...tables, id: `${pickId}-on-page`, title: t("background.pick.menu") };
	return [root, ...(choices.forSites ? [usual] : []), ...children, tables, pick];
};

/**
 * The toolbar button's own menu. On the page, a second entry beside the one that sends would put both a level down, so there tables and picking
 * are offered only where entries are a level down already.
 */
export const buttonEntries = (): MenuEntry[] => [
	{ id: tablesId, title: t("background.menu.tables"), contexts: ["action"] },
	{ id: pickId, title: t("background.pick.menu"), contexts: ["action"] },
];

/** Whether an entry opens the side panel at the page's tables instead of sending anything. */
export const isTablesEntry = (entryId: string | number): boolean => String(entryId).split("-")[0] === tablesId;

/** Whether an entry opens the picker on the page. */
export const isPickEntry = (entryId: string | number): boolean => String(entryId).split("-")[0] === pickId;

/** The target that a menu entry names, or null for the entry that names none. */
export const targetOfEntry = (entryId: string | number): string | null =>
	String(entryId).startsWith(targetPrefix) ? String(entryId).slice(targetPrefix.length) : null;

/** Where a gesture that names no target sends: the chosen one while it exists, else the first; null without any. */
const defaultTarget = (targets: readonly MenuTarget[], selectedId: string | null): string | null =>
	targets.find((target) => target.id === selectedId)?.id ?? targets[0]?.id ?? null;

type Wish = {
	/** The table a menu entry names. */
	named: string | null;
	selected: string | null;
	/** What was chosen for the site: several. */
	forSite: readonly string[];
};

/**
 * Where a gesture sends. A menu entry names a table, and what was meant for that one goes to no other: when the target has
 * been deleted since the menu was drawn, the record waits for one. A gesture that names none goes to all that were chosen for
 * its site, else to the default.
 */
export const targetsOfGesture = (targets: readonly MenuTarget[], { named, selected, forSite }: Wish): string[] => {
	const known = (ids: readonly string[]) => ids.filter((id) => targets.some((target) => target.id === id));
	if (named !== null) return known([named]);
	const chosen = known(forSite);
	return chosen.length > 0 ? chosen : known([defaultTarget(targets, selected) ?? ""]);
};
