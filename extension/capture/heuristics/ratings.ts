import type { Located } from "../findings.ts";
import { numbersIn, parseCount, plainNumbers } from "../values/number.ts";
import { parseRating } from "../values/rating.ts";
import { placeOf, type Snippet, type Snippets } from "./snippets.ts";

const ratingNames =
	/rating|stars?(?:$|[-_\s])|score|bewertung|note|avis|estrella|stelle|sterne|puan|hodnocen|ocen|рейтинг|評価|评分|별점/;
const scaled =
	/★|☆|\d\s*(?:\/|out of|von|sur|de|su|van|av|af|z|iz|из|üzerinden|من|מתוך)\s*(?:5|10|100)\b|\d\s*stars?\b|つ星のうち|sterne|étoile|estrella|stelle|stjärn|gwiazd|hvězd|별점|平均|총점/iu;
const countWords =
	/ratings?|reviews?|bewertung|rezension|kundenmeinung|avis|évaluation|opinion|valoracion|reseña|calificaci|avaliaç|recension|valutazion|beoordeling|omdöme|recensioner|anmeldels|vurdering|arvostelu|hodnocen|recenz|ocen|opini|отзыв|оцен|değerlendirme|yorum|レビュー|口コミ|件|评价|評價|评论|条|리뷰|평가|상품평|후기|تقييم|مراجعة|ביקורות|דירוג/iu;

const said = (element: Element): string[] =>
	["aria-label", "title", "data-rating", "alt"]
		.map((name) => element.getAttribute(name) ?? "")
		.filter((text) => /\p{Nd}/u.test(text) && text.length < 120);

/** The rating in a snippet: in what it says to screen readers, or in its text where that names a scale. */
const ratingIn = (snippet: Snippet): number | null => {
	const named = ratingNames.test(snippet.hint);
	for (const text of said(snippet.element)) {
		const rating = scaled.test(plainNumbers(text)) || named ? parseRating(text) : null;
		if (rating !== null) return rating;
	}
	if (snippet.text.length > 60 || !(scaled.test(plainNumbers(snippet.text)) || named)) return null;
	return parseRating(snippet.text);
};

/** How many gave one: the number with a word for it, or alone in brackets beside the rating. */
const countIn = (text: string): number | null => {
	const plain = plainNumbers(text);
	const bracketed = /\(\s*([\d.,'\s\u00a0\u202f]+\s?(?:k|tsd|тыс|万)?)[^)\d]*\)/iu.exec(plain)?.[1];
	if (bracketed !== undefined) return parseCount(bracketed);
	if (!countWords.test(text)) return null;
	const numbers = numbersIn(plain);
	// `4.6 (37)`, `4,5/5 · 120 avis`: the count is the last number before its word.
	const last = numbers.at(-1);
	return last === undefined ? null : parseCount(plain.slice(last.from));
};

export type ShownRating = { rating: Located<number> | null; ratingCount: Located<number> | null };

/** The rating that the page shows for its own thing and how many gave one. */
export const shownRating = (snippets: Snippets): ShownRating => {
	const near = snippets.own.filter(({ at }) => Math.abs(at - snippets.headingAt) < 60);
	for (const snippet of near) {
		const rating = ratingIn(snippet);
		if (rating === null) continue;
		const place = { path: placeOf(snippet), confidence: 0.6 };
		const beside = near.filter(({ at }) => at >= snippet.at - 1 && at <= snippet.at + 6);
		const counts = [snippet, ...beside].map(({ text }) => ({ text, count: countIn(text) }));
		const counted =
			counts.find(({ count }) => count !== null && count >= 1 && Number.isInteger(count))?.count ??
			bareCount(beside, snippet);
		return { rating: { value: rating, ...place }, ratingCount: counted === null ? null : { value: counted, ...place } };
	}
	return { rating: null, ratingCount: null };
};

/** A link to the reviews with nothing but their number. */
const bareCount = (beside: readonly Snippet[], rating: Snippet): number | null => {
	const link = beside.find(
		({ element, text, names }) =>
			/^[\d.,\s]+$/.test(plainNumbers(text)) &&
			/review|rating|bewert|avis|#/.test(`${names} ${element.getAttribute("href") ?? ""}`),
	);
	const value =
		link === undefined || (link.text === rating.text && said(rating.element).length === 0)
			? null
			: parseCount(link.text);
	return value !== null && Number.isInteger(value) ? value : null;
};
