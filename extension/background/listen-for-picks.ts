import { browser } from "wxt/browser";
import { t } from "../i18n/t.ts";
import type { BackgroundContext } from "./background-context.ts";
import { showHint } from "./badge.ts";
import { refreshRecipes } from "./handlers.ts";
import { isPicked, pickOnPage, takePicked } from "./pick-page.ts";

/** Takes what pickers send. Call it synchronously when the background starts: a message may have woken it. */
export function listenForPicks(context: BackgroundContext): void {
	browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse: (reply: unknown) => void) => {
		if (!isPicked(message)) return undefined;
		takePicked(message, sender).then(
			(reply) => {
				sendResponse(reply);
				if (reply.ok) void refreshRecipes(context);
			},
			() => sendResponse({ ok: false, message: t("background.hint.failed") }),
		);
		// Keeps the channel open; a returned promise is not understood by every supported Chrome.
		return true;
	});
}

/** Shows the picker in a tab after a gesture; where the browser lets us in nowhere, the badge says so. */
export async function startPicking(
	tab: { id?: number | undefined; url?: string | undefined } | undefined,
): Promise<void> {
	if (tab?.id === undefined) return;
	if (!(await pickOnPage(tab.id, tab.url ?? ""))) await showHint(tab.id, t("background.pick.closed"));
}
