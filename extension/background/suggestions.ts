import type { TargetView } from "../../backend/contract/targets.ts";
import { t } from "../i18n/t.ts";
import type { LocalRecord } from "../outbox/types.ts";

/** As `omnibox` takes it; the content is the address that a press on Enter opens. */
export type Suggestion = { content: string; description: string };

type Found = Pick<LocalRecord, "source" | "state" | "remoteUrl" | "targetId">;
type KnownTarget = Pick<TargetView, "id" | "providerTitle">;

/** Chrome reads descriptions as XML and refuses all of them when one is broken; Firefox shows them as they are. */
type Markup = "xml" | "plain";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** The text as the browser is to be told it. Chrome fails on control characters, which XML cannot hold. */
export const describe = (text: string, markup: Markup): string => {
	const clean = text.replaceAll(/\p{Cc}/gu, " ");
	return markup === "plain" ? clean : clean.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? "");
};

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : "");

/** Where the record is, in the words that the popup has for it, shortened to what tells two suggestions apart. */
const lineOf = ({ source, state, targetId }: Found, targets: readonly KnownTarget[]): string => {
	const title = source.title || source.url;
	const provider = targets.find(({ id }) => id === targetId)?.providerTitle;
	if (state === "delivered" && provider !== undefined) return t("background.omnibox.delivered", { title, provider });
	return t("background.omnibox.kept", { title, site: hostOf(source.url) });
};

/** The row where there is one, else the page it was taken from. */
const addressOf = ({ source, state, remoteUrl }: Found): string =>
	state === "delivered" && remoteUrl !== null ? remoteUrl : source.url;

/** One line for each address: two suggestions with the same content are one to the browser. */
export const suggestionsFor = (
	found: readonly Found[],
	{ targets, markup }: { targets: readonly KnownTarget[]; markup: Markup },
): Suggestion[] => {
	const lines = new Map<string, Suggestion>();
	for (const record of found) {
		const content = addressOf(record);
		if (content === "" || lines.has(content)) continue;
		lines.set(content, { content, description: describe(lineOf(record, targets), markup) });
	}
	return [...lines.values()];
};

/** What a press on Enter opens: a suggestion's address as it is, and for any other text the records that hold it. */
export const addressFor = (text: string, optionsUrl: string): string =>
	/^https?:\/\//.test(text) && URL.canParse(text) ? text : `${optionsUrl}#records/search/${encodeURIComponent(text)}`;
