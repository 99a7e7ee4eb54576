import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { cleanLine } from "../values/text.ts";
import { httpUrl } from "../values/url.ts";
import { labelled } from "./labels.ts";
import { placeOf, type Snippet } from "./snippets.ts";

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

/** A number as people write it, with the extension behind it. */
const aNumber = /[+(]?\p{Nd}[\p{Nd}\s()./-]{4,}\p{Nd}(?:\s*(?:ext|int|доб)\.?\s*\p{Nd}{1,5})?/u;
const calledBefore =
	/(?:^|[^\p{L}])(?:tel|tlf|telefono|telefon|telefoon|telefone|teléfono|téléphone|telephone|phone|puhelin|тел|телефон|電話|電話番号|电话|전화|전화번호|هاتف|טלפון)[\s.:：]{0,4}$/iu;

/** The first number of a text that a word for telephone stands before; `isLabelled`: the text itself is what a label names. */
const numberIn = (text: string, isLabelled = false): string | null => {
	const match = aNumber.exec(text);
	if (match === null) return null;
	return isLabelled || calledBefore.test(text.slice(0, match.index)) ? match[0].trim() : null;
};

const writtenPhone = (page: PageView, near: readonly Snippet[]): Located<string> | null => {
	const label = labelled(page.snippets()).get("phone");
	const said = label && numberIn(label.value.value, true);
	if (label !== undefined && said) return { value: said, path: label.value.path, confidence: 0.5 };
	for (const snippet of near) {
		const value = numberIn(snippet.text);
		if (value !== null) return { value, path: placeOf(snippet), confidence: 0.45 };
	}
	return null;
};

const writtenEmail = (page: PageView, near: readonly Snippet[]): Located<string> | null => {
	const label = labelled(page.snippets()).get("email")?.value;
	const said = label && anEmail.exec(label.value)?.[0];
	if (label !== undefined && said) return { value: said, path: label.path, confidence: 0.5 };
	for (const snippet of near) {
		const value = snippet.around ? anEmail.exec(snippet.text)?.[0] : undefined;
		if (value !== undefined) return { value, path: placeOf(snippet), confidence: 0.4 };
	}
	return null;
};

/** The e-mail address and the telephone number that the page links to or writes, as written. */
const shownReach = (page: PageView, near: readonly Snippet[]): Reach => {
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
				: writtenEmail(page, near),
		phone:
			call === undefined || number === ""
				? writtenPhone(page, near)
				: { value: number.replace(/^[^\d+(]*/u, ""), path: placeOf({ element: call }), confidence: 0.6 },
	};
};

type Reach = { email: Located<string> | null; phone: Located<string> | null };

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

/** A line with the postcode and the town; the street stands in the line before it. */
const townLine = /^(?:\p{Lu}{1,2}-)?\p{Nd}{4,5}(?:-\p{Nd}{3,4})?\s+\p{Lu}\p{L}+/u;

/** Street and town on two lines of one text, without what is written above them. */
const postalLines = (element: Element): string | null => {
	const lines = linesOf(element);
	const town = lines.findIndex((line) => townLine.test(line));
	const [street = "", place = ""] = [lines[town - 1], lines[town]];
	return town > 0 && /\p{L}.*\p{Nd}/u.test(street) && street.length < 80 && place.length < 60
		? `${street}, ${place}`
		: null;
};

const writtenAddress = (page: PageView, near: readonly Snippet[]): Located<string> | null => {
	const label = labelled(page.snippets()).get("address");
	if (label !== undefined) {
		// The text may go on to the next label.
		const inText = label.value.value.replace(/\s+[\p{L}\s-]{1,12}[:：].*$/u, "");
		const isInText = label.snippet.text.length > label.value.value.length;
		const value = isInText ? inText : linesOf(label.snippet.element).join(", ");
		if (value.length >= 6 && /\p{Nd}|,/u.test(value)) return { value, path: label.value.path, confidence: 0.5 };
	}
	for (const snippet of near) {
		const value = /\p{Nd}{4}/u.test(snippet.text) ? postalLines(snippet.element) : null;
		if (value !== null) return { value, path: placeOf(snippet), confidence: 0.45 };
	}
	return null;
};

/** The page's `address` element, or what an older format marks as one, on one line; else what it writes like one. */
const shownAddress = (page: PageView, near: readonly Snippet[]): Located<string> | null => {
	const element = linksTo(page, "address,.adr,[itemprop='address'],[class~='address'],[class*='postal-address' i]")[0];
	if (element === undefined) return writtenAddress(page, near);
	const lines = linesOf(element).filter(
		(line) => line !== page.heading && !/@|^(?:tel|fax|phone|e-?mail)/i.test(line) && !/^[+\d\s()/-]{7,}$/.test(line),
	);
	const value = lines.join(", ").replace(/\s*,(?:\s*,)+\s*/g, ", ");
	return value.length < 8 || !/\p{Nd}|,/u.test(value)
		? writtenAddress(page, near)
		: { value, path: placeOf({ element }), confidence: 0.5 };
};

/** The address that a label for websites stands beside. */
export const shownWebsite = (page: PageView): Located<string> | null => {
	const said = labelled(page.snippets()).get("website");
	const link = said?.snippet.element.querySelector("a[href]") ?? said?.snippet.element.closest("a[href]");
	const value = httpUrl(link?.getAttribute("href") ?? "", page.base);
	return said === undefined || value === null ? null : { value, path: said.value.path, confidence: 0.5 };
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

/**
 * How the person, the body or the place of the page can be reached, as far as the page shows it. `withFooter`: what stands around
 * the page's own part is its own too, as on a home page.
 */
export const shownContact = (page: PageView, { withFooter = false } = {}) => {
	const { own, all } = page.snippets();
	const near = withFooter ? [...own, ...all.filter(({ around }) => around)] : own;
	return {
		...shownReach(page, near),
		profiles: shownProfiles(page),
		address: shownAddress(page, near),
	};
};
