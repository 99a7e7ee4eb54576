import { normalUrl } from "../normal-url.ts";
import { sameSite } from "../values/url.ts";
import { textOf } from "./cell.ts";
import { isHidden, linkAddress, tagOf } from "./element-facts.ts";
import { onwards } from "./next-words.ts";
import { baseOf } from "./page.ts";

/** How to get to more rows of a list; `press` and `url` are there for a button and a link. */
export type Onward = { by: "link"; url: string } | { by: "button"; press: Element } | { by: "scroll" } | null;

export type ListPlace = { document: Document; url: string; items: readonly Element[]; controls: readonly Control[] };

/** Something to press that leads on, and how sure that is. */
export type Control = { element: Element; score: number };

const pressable = 'a,button,[role="button"],input[type="button"],input[type="submit"]';

/** Leads through pictures, months or slides, not through rows. */
const elsewhere =
	'[class*="carousel" i],[class*="slider" i],[class*="swiper" i],[class*="slick" i],[class*="calendar" i],[class*="datepicker" i],[class*="gallery" i],[role="dialog"]';

const pagers =
	'[class*="paginat" i],[class*="pager" i],[class*="page-numbers" i],[class*="pagenav" i],[id*="paginat" i],[id*="pager" i],nav[aria-label*="pag" i],nav[aria-label*="seite" i],[role="navigation"][aria-label*="pag" i],[aria-label*="ページ"],[aria-label*="صفحات"]';

const isOff = (control: Element): boolean =>
	control.hasAttribute("disabled") ||
	control.getAttribute("aria-disabled") === "true" ||
	/(?:^|[\s_-])(?:disabled|inactive)(?:[\s_-]|$)/i.test(
		`${control.getAttribute("class") ?? ""} ${control.parentElement?.getAttribute("class") ?? ""}`,
	);

const isShown = (control: Element): boolean => {
	for (let at: Element | null = control; at !== null; at = at.parentElement) if (isHidden(at)) return false;
	return true;
};

const wordsOf = (control: Element): string[] => [
	textOf(control),
	...["aria-label", "title", "value"].map((name) => control.getAttribute(name) ?? ""),
];

const isNamedNext = (control: Element): boolean => {
	const names = [control, control.parentElement].map((element) => element?.getAttribute("class") ?? "");
	const own = [...names, control.id, control.getAttribute("data-testid") ?? ""].join(" ");
	return /(?:^|[\s_-])next(?:[\s_-]|$)/i.test(own) || /(?:^|\s)next(?:\s|$)/.test(control.getAttribute("rel") ?? "");
};

/** What brings more of a list stands behind it; before it the word means something else. */
const moreScore = 2.5;

/** How sure it is that a control leads on; 0: it does not. */
const sureness = (control: Element): number => {
	const kinds = wordsOf(control).map(onwards);
	const inPager = control.closest(pagers) !== null;
	if (/(?:^|\s)next(?:\s|$)/.test(control.getAttribute("rel") ?? "")) return 6;
	if (kinds.includes("next")) return inPager ? 5 : 3;
	// "More" in a header opens a menu.
	if (kinds.includes("more"))
		return control.closest("header,nav,[role='menu'],[role='menubar']") === null ? moreScore : 0;
	if (isNamedNext(control) && inPager) return 4;
	return kinds.includes("arrow") && inPager ? 3.5 : 0;
};

/** What a pager marks as this page: by a word for it, or by being the one number that leads nowhere. */
const currentOf = (pager: Element): Element | null =>
	pager.querySelector(
		'[aria-current="page"],[aria-current="true"],.current,.active,.is-active,.selected,.this-page,[class*="--current"],[class*="--active"]',
	) ??
	Array.from(pager.querySelectorAll("span,strong,b,em")).find(
		(mark) => /^\p{Nd}{1,4}$/u.test(textOf(mark)) && mark.closest("a,button") === null,
	) ??
	null;

/** The number after the one that is marked as this page's. */
const numberAfterCurrent = (document: Document): Element | null => {
	for (const pager of Array.from(document.querySelectorAll(pagers)).slice(0, 10)) {
		const current = currentOf(pager);
		const here = Number(current === null ? Number.NaN : textOf(current).replace(/\D+/g, "") || Number.NaN);
		if (Number.isNaN(here)) continue;
		const next = Array.from(pager.querySelectorAll(pressable)).find((control) => textOf(control) === String(here + 1));
		if (next !== undefined && !isOff(next)) return next;
	}
	return null;
};

/** Whether `other` comes after `one` in the document, by where their ways from it part. */
const isAfter = (one: Element, other: Element): boolean => {
	// By parent: the child through which one gets to `one`.
	const ways = new Map<Element, Element>();
	for (let at = one; at.parentElement !== null; at = at.parentElement) ways.set(at.parentElement, at);
	for (let at = other; at.parentElement !== null; at = at.parentElement) {
		const way = ways.get(at.parentElement);
		if (way === undefined) continue;
		for (let next = way.nextElementSibling; next !== null; next = next.nextElementSibling) if (next === at) return true;
		return false;
	}
	return false;
};

/** Everything on the page that may lead on. Looked for once, for all its tables: a page can have thousands of links. */
export const findControls = (document: Document): Control[] =>
	Array.from(document.querySelectorAll(pressable))
		.slice(0, 10_000)
		.filter((element) => (element.textContent ?? "").length <= 200)
		.map((element) => ({ element, score: sureness(element) }))
		.filter(({ element, score }) => score > 0 && !isOff(element) && isShown(element))
		.filter(({ element }) => element.closest(elsewhere) === null)
		.slice(0, 500);

/** The surest control that is not in an item; of equals the first behind the list, which is the list's own. */
const bestControl = ({ document, items, controls }: ListPlace): Element | null => {
	const last = items.at(-1);
	const within = new Set(items);
	let best: Control | null = null;
	for (const { element, score } of controls) {
		if (isInItem(element, within)) continue;
		const behind = last !== undefined && isAfter(last, element);
		if (score === moreScore && !behind) continue;
		const near = behind ? 0.4 : 0;
		if (best === null || score + near > best.score) best = { element, score: score + near };
	}
	return best?.element ?? numberAfterCurrent(document);
};

const isInItem = (control: Element, items: ReadonlySet<Element>): boolean => {
	for (let at: Element | null = control; at !== null; at = at.parentElement) if (items.has(at)) return true;
	return false;
};

/** An address of this site that is not the page's own; others are pressed, or nowhere. */
const wayTo = (control: Element, place: ListPlace): string | null => {
	const { url } = place;
	const address = tagOf(control) === "A" ? linkAddress(control, baseOf(place)) : null;
	if (address === null || !sameSite(address, url)) return null;
	return normalUrl(address) === normalUrl(url) ? null : address;
};

/** Signs that a page adds rows as one scrolls: it says so, or it waits for it behind the last row. */
const growsByScroll = ({ document, items }: ListPlace): boolean => {
	const first = items[0];
	if (first === undefined) return false;
	if (first.closest('[role="feed"],[data-infinite-scroll],[class*="infinite" i],[class*="virtual" i]') !== null)
		return true;
	const counted = Number(first.closest("[aria-rowcount]")?.getAttribute("aria-rowcount") ?? 0);
	const sized = Number(first.getAttribute("aria-setsize") ?? 0);
	if (counted === -1 || counted > items.length + 1 || sized === -1 || sized > items.length) return true;
	const waiting = document.querySelector(
		'[class*="infinite" i],[class*="sentinel" i],[class*="load-more" i],[class*="loading-more" i],[data-testid*="sentinel" i]',
	);
	const last = items.at(-1);
	return waiting !== null && last !== undefined && isAfter(last, waiting);
};

/** How the page leads on from a list. A `link rel=next` of its head is the page's own word, where nothing stands at the list. */
export const findOnward = (place: ListPlace): Onward => {
	const control = bestControl(place);
	const url = control === null ? null : wayTo(control, place);
	if (url !== null) return { by: "link", url };
	const isNowhere = control !== null && tagOf(control) === "A" && linkAddress(control, baseOf(place)) !== null;
	if (control !== null && !isNowhere) return { by: "button", press: control };
	const head = place.document.querySelector('head link[rel~="next"]');
	const address = head === null ? null : linkAddress(head, baseOf(place));
	if (address !== null && sameSite(address, place.url) && normalUrl(address) !== normalUrl(place.url))
		return { by: "link", url: address };
	return growsByScroll(place) ? { by: "scroll" } : null;
};
