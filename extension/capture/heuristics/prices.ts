import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { type Money, parsePrice } from "../values/price.ts";
import { conditional, formerPrice, notThePrice, paidNames, priceNames, withoutTax } from "./price-words.ts";
import { placeOf, type Snippet, type Snippets } from "./snippets.ts";

type Candidate = { snippet: Snippet; money: Money; former: boolean; score: number };

export type ShownPrices = { price: Located<Money> | null; originalPrice: Located<Money> | null };

/** What is written right before and after the amount, in the shortest text around it. */
const besides = (snippet: Snippet, snippets: Snippets): { before: string; after: string } => {
	const outer = snippets.around(snippet);
	const at = outer.indexOf(snippet.text);
	if (at < 0) return { before: "", after: "" };
	return {
		// What stands before another amount is about that one.
		before:
			outer
				.slice(Math.max(0, at - 32), at)
				.split(/\p{Nd}/u)
				.at(-1) ?? "",
		after: ofThisAmount(outer.slice(at + snippet.text.length, at + snippet.text.length + 24)),
	};
};

/** Words that stand before another amount are about that one, but for those that begin with what this one is for. */
const ofThisAmount = (after: string): string =>
	/\p{Nd}/u.test(after) && /^\s*\p{L}/u.test(after) && !/^\s*(?:per|pro|je|par|al|por)\s/iu.test(after) ? "" : after;

const isLinkAway = (link: Element): boolean => {
	const href = link.getAttribute("href") ?? "";
	const text = (link.textContent ?? "").trim();
	// The way to the terms of shipping and tax belongs to the price.
	return (
		!/^(?:#|javascript:|tel:|mailto:)/i.test(href) &&
		text.length > 2 &&
		/[\p{L}]/u.test(text) &&
		!notThePrice.test(text) &&
		!withoutTax.test(text)
	);
};

/** A price that stands with a link to something else is that thing's: a card among other cards. */
const isOnCard = ({ element, text }: Snippet, snippets: Snippets): boolean => {
	const link = element.closest("a[href]");
	if (link !== null && isLinkAway(link)) return true;
	let at = element.parentElement;
	for (let steps = 0; at !== null && steps < 4; at = at.parentElement, steps += 1) {
		if (at.querySelector("h1") !== null || at.tagName.toUpperCase() === "BODY") return false;
		const size = (at.textContent ?? "").length;
		if (size > 240 + text.length) return false;
		if (Array.from(at.querySelectorAll("a[href]")).slice(0, 4).some(isLinkAway))
			return steps < 3 || snippets.headingAt >= 0;
	}
	return false;
};

const scoreOf = (snippet: Snippet, snippets: Snippets, money: Money): { score: number; former: boolean } => {
	const { before, after } = besides(snippet, snippets);
	const near = `${before} ${snippet.text} ${after}`;
	const former = snippet.struck || formerPrice.test(before.slice(-24)) || formerPrice.test(snippet.text);
	let score = 0;
	if (priceNames.test(snippet.hint)) score += 3;
	if (paidNames.test(snippet.hint)) score += 1.5;
	if (/^(?:STRONG|B|H2|H3|INS|EM)$/i.test(snippet.element.tagName)) score += 1;
	if (notThePrice.test(near)) score -= 5;
	if (conditional.test(`${before} ${snippet.text}`)) score -= 4;
	if (withoutTax.test(`${snippet.text} ${snippet.hint} ${before.slice(-12)}`)) score -= 3;
	// A sentence that mentions an amount is no price tag.
	if (snippet.text.length > 40) score -= 2;
	// `Extra ₹500 off`: only where the amount itself is said to be taken off, not where a share is that stands beside it.
	if (/\p{Nd}\s+off\b/iu.test(snippet.text)) score -= 3;
	// Beside the thing itself stand others.
	if (snippet.element.closest("aside") !== null) score -= 2;
	const distance = snippet.at - snippets.headingAt;
	score -= distance < 0 ? 1 + Math.min(3, -distance / 40) : Math.min(3, distance / 25);
	if (money.amount === 0) score -= 6;
	return { score, former };
};

const hasSignOrName = (snippet: Snippet, page: PageView): boolean =>
	parsePrice(snippet.text, page.place) !== null || priceNames.test(snippet.hint);

const candidatesOn = (page: PageView, snippets: Snippets, known: string | null): Candidate[] => {
	const taken = new Set<Element>();
	const found: Candidate[] = [];
	for (const snippet of snippets.own) {
		if (snippet.text.length > 90 || !/\p{Nd}/u.test(snippet.text) || taken.has(snippet.element)) continue;
		if (!hasSignOrName(snippet, page)) continue;
		const money = parsePrice(snippet.text, {
			known: parsePrice(snippet.text, page.place)?.currency ?? known,
			...page.place,
		});
		if (money === null || !(money.amount >= 0) || money.amount > 1e10) continue;
		for (let at = snippet.element.parentElement, steps = 0; at !== null && steps < 5; at = at.parentElement, steps += 1)
			taken.add(at);
		if (isOnCard(snippet, snippets)) continue;
		found.push({ snippet, money, ...scoreOf(snippet, snippets, money) });
	}
	return found;
};

const located = ({ snippet, money, score }: Candidate): Located<Money> => ({
	value: money,
	path: placeOf(snippet),
	confidence: Math.min(0.8, Math.max(0.35, 0.5 + score / 20)),
});

/** The price that the page shows for its own thing, and the crossed-out one beside it. @param known the currency, when data says it */
export const shownPrices = (page: PageView, known: string | null): ShownPrices => {
	const snippets = page.snippets();
	const candidates = candidatesOn(page, snippets, known);
	const paid = candidates.filter(({ former, money }) => !former && money.amount > 0);
	const [best] = [...paid].sort((a, b) => b.score - a.score || a.snippet.at - b.snippet.at);
	if (best === undefined || best.score < -3) return { price: null, originalPrice: null };
	const formers = candidates
		.filter(({ former, money }) => former && money.currency === best.money.currency && money.amount > best.money.amount)
		.filter(
			({ snippet, money }) => Math.abs(snippet.at - best.snippet.at) < 16 && money.amount < best.money.amount * 20,
		)
		.sort((a, b) => Math.abs(a.snippet.at - best.snippet.at) - Math.abs(b.snippet.at - best.snippet.at));
	return { price: located(best), originalPrice: formers[0] === undefined ? null : located(formers[0]) };
};
