import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { cleanLine } from "../values/text.ts";
import { httpUrl } from "../values/url.ts";
import { placeOf } from "./snippets.ts";

const anEmail = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,4}/u;

const decoded = (text: string): string => {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
};

/** Inside of the page's own part first; the footer's contact is the site's. */
const linksTo = (page: PageView, selector: string): Element[] => {
	const links = Array.from(page.document.querySelectorAll(selector)).slice(0, 60);
	return links.filter(
		(link) => link.closest("footer,nav,header,aside,[class*='footer' i],[class*='cookie' i]") === null,
	);
};

/** The e-mail address and the telephone number that the page links to or writes, as written. */
const shownReach = (page: PageView): { email: Located<string> | null; phone: Located<string> | null } => {
	const [mail] = linksTo(page, "a[href^='mailto:' i]");
	const address = decoded((mail?.getAttribute("href") ?? "").replace(/^mailto:/i, "").split("?")[0] ?? "").trim();
	const [call] = linksTo(page, "a[href^='tel:' i]");
	const written = cleanLine(call?.textContent ?? "", 40);
	const number = /\p{Nd}{3}/u.test(written.replace(/\D/g, ""))
		? written
		: decoded((call?.getAttribute("href") ?? "").replace(/^tel:/i, ""));
	return {
		email:
			mail !== undefined && anEmail.test(address)
				? { value: address, path: placeOf({ element: mail }), confidence: 0.6 }
				: null,
		phone:
			call === undefined || number === ""
				? null
				: { value: number.replace(/^[^\d+(]*/u, ""), path: placeOf({ element: call }), confidence: 0.6 },
	};
};

const profileHosts =
	/(?:^|\.)(?:linkedin|twitter|x|facebook|instagram|github|gitlab|mastodon|youtube|tiktok|xing|orcid|researchgate|bsky|threads|medium|vk|weibo|behance|dribbble)\.(?:com|org|net|social|app|ru|online|example)$/;

/** Links to the person's or body's pages on social networks, outside of the site's own footer. */
const shownProfiles = (page: PageView): Located<string[]> | null => {
	const addresses = linksTo(page, "a[rel~='me'][href],a[href*='://']").flatMap((link) => {
		// As written: a list of addresses is compared by what it says.
		const written = (link.getAttribute("href") ?? "").trim();
		const host = httpUrl(written, page.base) === null ? "" : (URL.parse(written)?.hostname ?? "");
		const known =
			host !== "" && (profileHosts.test(host) || (link.getAttribute("rel") ?? "").split(/\s+/).includes("me"));
		return known && !/share|intent|sharer/.test(written) ? [written] : [];
	});
	return addresses.length === 0 ? null : { value: [...new Set(addresses)], path: "a[rel=me]", confidence: 0.5 };
};

/** The page's `address` element, or what an older format marks as one, on one line. */
const shownAddress = (page: PageView): Located<string> | null => {
	const element = linksTo(page, "address,.adr,[itemprop='address'],[class~='address'],[class*='postal-address' i]")[0];
	if (element === undefined) return null;
	const lines = linesOf(element).filter(
		(line) => !/@|^(?:tel|fax|phone|e-?mail)/i.test(line) && !/^[+\d\s()/-]{7,}$/.test(line),
	);
	const value = lines.join(", ").replace(/\s*,(?:\s*,)+\s*/g, ", ");
	return value.length < 8 || !/\p{Nd}|,/u.test(value) ? null : { value, path: placeOf({ element }), confidence: 0.5 };
};

/** Text as it is broken into lines on the page: by line breaks and by blocks. */
const linesOf = (element: Element): string[] => {
	const lines: string[] = [""];
	const visit = (node: Node): void => {
		if (node.nodeType === 3) lines[lines.length - 1] += node.nodeValue ?? "";
		if (node.nodeType !== 1) return;
		const tag = (node as Element).tagName.toUpperCase();
		const isBlock = /^(?:BR|DIV|P|LI|TR|DD|DT|H\d)$/.test(tag);
		if (isBlock) lines.push("");
		for (const child of Array.from(node.childNodes).slice(0, 50)) visit(child);
		if (isBlock) lines.push("");
	};
	visit(element);
	return lines.map((line) => cleanLine(line, 200).replace(/,$/, "")).filter((line) => line !== "");
};

/** How the person, the body or the place of the page can be reached, as far as the page shows it. */
export const shownContact = (page: PageView) => ({
	...shownReach(page),
	profiles: shownProfiles(page),
	address: shownAddress(page),
});
