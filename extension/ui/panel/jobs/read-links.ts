import { normalUrl } from "../../../capture/normal-url.ts";
import { isWebAddress } from "../../../capture/values/url.ts";

/** As many as one job takes: each is a page that is opened. */
export const mostLinks = 500;

const address = /https?:\/\/[^\s<>"'`|]+/giu;
/** What follows an address in a sentence, or ends a link in Markdown. */
const afterwards = /[),.;:!?\]}»”’]+$/u;

/** The web addresses in a pasted text, each page once, in their order. */
export function readLinks(text: string): string[] {
	const found = new Map<string, string>();
	for (const [raw] of text.matchAll(address)) {
		const url = raw.replace(afterwards, "");
		if (isWebAddress(url) && !found.has(normalUrl(url))) found.set(normalUrl(url), url);
	}
	return [...found.values()];
}
