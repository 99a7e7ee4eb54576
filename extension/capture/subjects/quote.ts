import type { CaptureDraft } from "../draft.ts";
import { Findings } from "../findings.ts";
import { cleanText } from "../values/text.ts";
import { draftFrom } from "./pointed.ts";

/** The selection's ends as a text fragment (`#:~:text=first words,last words`): the address opens at the quote. */
const textFragment = (quote: string): string => {
	const words = quote.split(/\s+/).filter((word) => word !== "");
	const encode = (part: string[]): string => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
	const parts = words.length <= 10 ? [words] : [words.slice(0, 5), words.slice(-5)];
	return `#:~:text=${parts.map(encode).join(",")}`;
};

const addressOfQuote = (url: string, quote: string): string => {
	const address = url.split("#")[0] ?? url;
	// Fragments need words with spaces; a long run without any (or a very long address) is better left plain.
	const fragment = textFragment(quote);
	return fragment.length > 600 ? address : `${address}${fragment}`;
};

/**
 * A quote: the selected text, on top of what the page says of itself. Its `url` carries the text fragment, so that two
 * quotes of one page are two rows where the address is the match key.
 */
export const quoteDraft = (page: CaptureDraft, rawSelection: string): CaptureDraft => {
	const quote = cleanText(rawSelection);
	const found = new Findings();
	const address = page.fields["url"];
	found.offer("quote", quote, "selection");
	if (address?.type === "url")
		found.offerAll({ url: addressOfQuote(address.value, quote), foundOn: address.value }, "selection");
	return draftFrom(page, { kind: "quote", found, source: page.source, image: page.image });
};
