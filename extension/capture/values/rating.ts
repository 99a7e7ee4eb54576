import { numbersIn, plainNumbers } from "./number.ts";

/** The scale that ratings are kept in. */
const best = 5;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A rating in the scale of five: one of ten or a hundred is divided. Null when it is outside its own scale. */
export const ratingOfFive = (value: number, scale: number): number | null => {
	if (!(scale > 0) || !(value > 0) || value > scale) return null;
	return scale === best ? value : rounded((value / scale) * best);
};

/** Words between a rating and its scale. */
const outOf =
	/^\s*(?:\/|out of|of|von|sur|de|su|van|av|af|z|iz|из|от|su|üzerinden|etoiles? sur|étoiles? sur|estrellas de|sterne von|つ星のうち|من|מתוך|⁄)\s*$/iu;

/** `4.6 out of 5`, `4,6/5`, `9.2/10`, `85 %`, `★★★★☆`, `5つ星のうち4.6`, `4.5 stars` in the scale of five, or null. */
export const parseRating = (raw: string): number | null => {
	const text = plainNumbers(raw).trim();
	const stars = /★{1,5}/.exec(text)?.[0].length;
	const numbers = numbersIn(text);
	const [first, second] = numbers;
	if (first === undefined) return stars === undefined || stars > best ? null : stars;
	if (second !== undefined && outOf.test(text.slice(first.to, second.from))) {
		// Japanese names the scale first.
		if (text.slice(first.to, second.from).includes("のうち")) return ratingOfFive(second.value, first.value);
		return ratingOfFive(first.value, second.value);
	}
	if (/^\s*%/.test(text.slice(first.to))) return ratingOfFive(first.value, 100);
	return first.value <= best && first.value > 0 ? first.value : null;
};
