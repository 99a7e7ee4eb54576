import { browser } from "wxt/browser";
import "../capture/picker/handover.ts";
import type { Picked, PickedReply, PickRequest } from "../capture/picker/handover.ts";
import { checkRecipe } from "../capture/recipes/check-recipe.ts";
import { t } from "../i18n/t.ts";
import { type OneAtATime, webLocks } from "../messages/one-at-a-time.ts";
import { uuidV7 } from "../outbox/uuid-v7.ts";
import { account, theme } from "../settings/items.ts";
import { type GoingPick, picks, picksLock } from "../settings/picks.ts";
import { isOf, keepRecipe, placeOfRecipes } from "../settings/recipes.ts";
import { recipesOfPage } from "./page-recipes.ts";

/**
 * Shows the picker on the page in a tab, after a gesture that granted `activeTab`.
 * @returns whether the browser lets us on that page
 */
export async function pickOnPage(tabId: number, url: string, locks: OneAtATime = webLocks): Promise<boolean> {
	const target = { tabId, frameIds: [0] };
	try {
		await browser.scripting.executeScript({ target, files: ["/capture.js", "/picker.js"] });
		const place = await placeOfRecipes();
		const [recipe] = await recipesOfPage(url);
		const token = crypto.randomUUID();
		const pick: GoingPick = { token, recipeId: recipe?.id ?? uuidV7(), hosts: recipe?.recipe.host ?? null, place };
		await locks.inTurn(picksLock, async () => picks.setValue({ ...(await picks.getValue()), [tabId]: pick }));
		const who = await account.getValue();
		const mayShare = who?.permissions.includes("targets:write") ?? false;
		const sharing = who === null ? "guest" : mayShare ? "workspace" : "viewer";
		const request: PickRequest = { token, theme: await theme.getValue(), sharing, ...(recipe && { recipe }) };
		await browser.scripting.executeScript({
			target,
			// Serialised into the page's isolated world: it can use nothing of this file.
			func: (asked: PickRequest) => globalThis.sheafPick?.(asked),
			args: [request],
		});
		return true;
	} catch {
		return false;
	}
}

type Sender = {
	id?: string | undefined;
	url?: string | undefined;
	frameId?: number | undefined;
	tab?: { id?: number | undefined } | undefined;
};

/** Whether a message is a picker's at all. */
export const isPicked = (message: unknown): message is Picked =>
	typeof message === "object" &&
	message !== null &&
	"sheafPicked" in message &&
	typeof message.sheafPicked === "string" &&
	"recipe" in message;

/**
 * Keeps what was picked. It comes out of a page's process, which may not be trusted: it is taken from the main frame of a tab in which a pick is
 * going on, under that pick's word and once, for that page's own host (a recipe there was keeps the hosts it was for), only as far as it is a
 * recipe, and only where it was begun: not for whoever has signed in since, nor in another workspace.
 */
export async function takePicked(message: Picked, sender: Sender, locks: OneAtATime = webLocks): Promise<PickedReply> {
	return await locks.inTurn(picksLock, async () => {
		const going = await picks.getValue();
		const tab = String(sender.tab?.id ?? "");
		const pick = going[tab];
		const isOurs = sender.id === browser.runtime.id && sender.frameId === 0 && pick?.token === message.sheafPicked;
		if (pick === undefined || !isOurs) return { ok: false, message: t("background.pick.over") };
		if (!isOf(pick.place, await placeOfRecipes())) return { ok: false, message: t("background.pick.elsewhere") };
		const checked = checkRecipe(message.recipe);
		const hosts = [URL.parse(sender.url ?? "")?.hostname, pick.hosts];
		if ("problem" in checked || !hosts.includes(checked.recipe.host))
			return { ok: false, message: t("background.pick.refused") };
		await keepRecipe(locks, { id: pick.recipeId, recipe: checked.recipe });
		// The picker closes now: what else came under this word would be the page's.
		const { [tab]: _saved, ...others } = going;
		await picks.setValue(others);
		return { ok: true };
	});
}
