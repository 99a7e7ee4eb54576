import { lastTargets, type MenuChoice, menu, syncedSettings, type Theme, theme } from "./items.ts";

/**
 * The settings that follow a person, flat: `theme`, `menu` and `lastTargets/<workspace id>`. What has its default is left out, so
 * that "not set" and "set back" are one. The server's address is none of them: each device says for itself whom it trusts.
 */
export type FlatSettings = ReadonlyMap<string, string>;

const targetPrefix = "lastTargets/";
const themes: ReadonlySet<string> = new Set<Theme>(["system", "light", "dark"]);
const menus: ReadonlySet<string> = new Set<MenuChoice>(["shown", "hidden"]);

export async function readLocalSettings(): Promise<FlatSettings> {
	const [look, menuChoice, targets] = await Promise.all([theme.getValue(), menu.getValue(), lastTargets.getValue()]);
	const flat = new Map(Object.entries(targets).map(([id, targetId]) => [`${targetPrefix}${id}`, targetId]));
	if (look !== theme.fallback) flat.set("theme", look);
	if (menuChoice !== menu.fallback) flat.set("menu", menuChoice);
	return flat;
}

/** Writes only what is different: each write wakes every open page. */
export async function writeLocalSettings(next: FlatSettings): Promise<void> {
	const now = await readLocalSettings();
	if (now.get("theme") !== next.get("theme")) await theme.setValue((next.get("theme") as Theme) ?? theme.fallback);
	if (now.get("menu") !== next.get("menu")) await menu.setValue((next.get("menu") as MenuChoice) ?? menu.fallback);
	const targetsOf = (flat: FlatSettings) => [...flat].filter(([path]) => path.startsWith(targetPrefix));
	const targets = targetsOf(next);
	if (targets.length === targetsOf(now).length && targets.every(([path, id]) => now.get(path) === id)) return;
	await lastTargets.setValue(Object.fromEntries(targets.map(([path, id]) => [path.slice(targetPrefix.length), id])));
}

/** A sign-out leaves nobody's preferences behind. */
export async function resetSettings(): Promise<void> {
	await writeLocalSettings(new Map());
	await syncedSettings.removeValue();
}

/** The server's settings as far as this version knows them: another version's, or a wrong value, counts as not set. */
export function flatten(settings: Record<string, unknown>): FlatSettings {
	const flat = new Map<string, string>();
	const known = new Map(Object.entries(settings));
	const [look, menuChoice, targets] = [known.get("theme"), known.get("menu"), known.get("lastTargets")];
	if (typeof look === "string" && themes.has(look) && look !== theme.fallback) flat.set("theme", look);
	if (typeof menuChoice === "string" && menus.has(menuChoice) && menuChoice !== menu.fallback)
		flat.set("menu", menuChoice);
	if (typeof targets !== "object" || targets === null) return flat;
	for (const [id, targetId] of Object.entries(targets)) {
		if (typeof targetId === "string") flat.set(`${targetPrefix}${id}`, targetId);
	}
	return flat;
}

/**
 * Key by key: what was changed here since the last time stays, everything else is as the server has it. The first time (`base`
 * null) the server's word counts wherever it has one: what a guest chose is only for what the person never chose.
 */
export function mergeSettings(local: FlatSettings, base: FlatSettings | null, theirs: FlatSettings): FlatSettings {
	const merged = new Map<string, string>();
	for (const path of new Set([...local.keys(), ...(base?.keys() ?? []), ...theirs.keys()])) {
		const changedHere = base === null ? !theirs.has(path) : local.get(path) !== base.get(path);
		const value = (changedHere ? local : theirs).get(path);
		if (value !== undefined) merged.set(path, value);
	}
	return merged;
}

/** The RFC 7396 merge patch that makes `to` of `from`; null when they are the same. */
export function patchBetween(from: FlatSettings, to: FlatSettings): Record<string, unknown> | null {
	const patch: Record<string, unknown> = {};
	const targets: Record<string, string | null> = {};
	for (const path of new Set([...from.keys(), ...to.keys()])) {
		if (from.get(path) === to.get(path)) continue;
		const value = to.get(path) ?? null;
		if (path.startsWith(targetPrefix)) targets[path.slice(targetPrefix.length)] = value;
		else patch[path] = value;
	}
	if (Object.keys(targets).length > 0) patch["lastTargets"] = targets;
	return Object.keys(patch).length === 0 ? null : patch;
}
