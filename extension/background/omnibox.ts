import { browser } from "wxt/browser";
import { t } from "../i18n/t.ts";
import type { CurrentOutbox } from "../outbox/current-outbox.ts";
import { targets } from "../settings/items.ts";
import { addressFor, describe, type Suggestion, suggestionsFor } from "./suggestions.ts";

/** As many as the browser shows below its own line. */
const mostSuggestions = 5;

const markup = import.meta.env.FIREFOX ? "plain" : "xml";

const suggest = async (outbox: CurrentOutbox, text: string): Promise<Suggestion[]> => {
	const found = await (await outbox.get()).search(text, mostSuggestions);
	return suggestionsFor(found, { targets: await targets.getValue(), markup });
};

/** Typing `sh` and a space in the address bar searches what was saved on this device. */
export const listenToOmnibox = (outbox: CurrentOutbox): void => {
	let asked = 0;
	browser.omnibox.onInputStarted.addListener(() => {
		void browser.omnibox.setDefaultSuggestion({ description: describe(t("background.omnibox.hint"), markup) });
	});
	browser.omnibox.onInputChanged.addListener((text, show) => {
		asked += 1;
		const turn = asked;
		const line = text.trim() === "" ? t("background.omnibox.hint") : t("background.omnibox.all", { text: text.trim() });
		void browser.omnibox.setDefaultSuggestion({ description: describe(line, markup) });
		// An answer to what was typed before must not replace a later one.
		void suggest(outbox, text).then(
			(suggestions) => (turn === asked ? show(suggestions) : undefined),
			() => undefined,
		);
	});
	browser.omnibox.onInputEntered.addListener((text, disposition) => {
		const url = addressFor(text.trim(), new URL("/options.html", location.href).href);
		if (disposition === "currentTab") void browser.tabs.update({ url });
		else void browser.tabs.create({ url, active: disposition === "newForegroundTab" });
	});
};
