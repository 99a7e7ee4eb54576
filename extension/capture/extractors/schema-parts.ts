import { limits } from "../limits.ts";
import type { PageView } from "../page-view.ts";
import {
	addressOf,
	isThing,
	lineOf,
	linesOf,
	numberOf,
	paragraphsOf,
	type Thing,
	type ThingValue,
	termName,
	textOf,
	thingsOf,
	valuesOf,
} from "../sources/thing.ts";
import { currencyCode, type Money, parsePrice } from "../values/price.ts";

/** What every schema.org object may say: the fields all kinds share. */
export const commonParts = (thing: Thing, page: PageView) => ({
	title: textOf(thing, "name", "headline"),
	description: paragraphsOf(thing, "description", "abstract"),
	image: addressOf(thing, page.base, "image", "thumbnailUrl", "photo", "logo"),
	tags: linesOf(thing, ["keywords"], { splitCommas: true }),
	language: textOf(thing, "inLanguage"),
});

/** `https://schema.org/InStock`, `FULL_TIME`, `NewCondition` as words: `In stock`, `Full time`, `New`. */
export const termWords = (raw: string): string => {
	const spaced = termName(raw)
		.replace(/Condition$/, "")
		.replace(/([a-z])([A-Z])/g, "$1 $2")
		.replace(/[_-]+/g, " ")
		.trim()
		.toLowerCase();
	return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** A postal address on one line, from an object or as it was written. */
export const postalLine = (value: ThingValue | undefined): string => {
	if (!isThing(value)) return lineOf(value);
	const inner = thingsOf(value, "address")[0];
	if (inner !== undefined && inner !== value) return postalParts(inner);
	return postalParts(value) || lineOf(valuesOf(value, "address")[0]) || lineOf(value);
};

const postalParts = (address: Thing): string => {
	const city = [textOf(address, "postalCode"), textOf(address, "addressLocality")].filter(Boolean).join(" ");
	const parts = [
		textOf(address, "streetAddress"),
		city,
		textOf(address, "addressRegion"),
		textOf(address, "addressCountry"),
	];
	return parts.filter(Boolean).join(", ");
};

/** An amount as structured data writes it. Three decimals are read as a locale's thousands; machines write one, two or four. */
const moneyFrom = (value: ThingValue | undefined, currency: string, language: string): Money | null => {
	if (value === undefined || isThing(value)) return null;
	const known = currencyCode(currency);
	const text = String(value).trim();
	if (known !== null && /^\d+(?:\.\d{1,2}|\.\d{4,})?$/.test(text)) return { amount: Number(text), currency: known };
	return parsePrice(text, { known, language });
};

/** The price of an Offer, AggregateOffer or PriceSpecification. */
const offerMoney = (offer: Thing, page: PageView): Money | null => {
	const parts = [offer, ...thingsOf(offer, "priceSpecification"), ...thingsOf(offer, "offers")].slice(0, 20);
	const currency = parts.map((part) => textOf(part, "priceCurrency")).find((code) => code !== "") ?? "";
	for (const part of parts) {
		const money = moneyFrom(valuesOf(part, "price", "lowPrice", "minPrice")[0], currency, page.language);
		if (money !== null) return money;
	}
	return null;
};

/** The first offer with a price, and what it says besides. */
export const offerParts = (offers: Thing[], page: PageView) => {
	const priced = offers.find((offer) => offerMoney(offer, page) !== null) ?? offers[0];
	if (priced === undefined) return {};
	const price = offerMoney(priced, page);
	return {
		price,
		currency: price?.currency ?? null,
		availability: termWords(textOf(priced, "availability")),
		condition: termWords(textOf(priced, "itemCondition")),
		seller: textOf(priced, "seller", "offeredBy"),
	};
};

/** Two amounts out of a `baseSalary` (MonetaryAmount with a QuantitativeValue, or a plain number). */
export const salaryParts = (job: Thing, page: PageView) => {
	const salary = valuesOf(job, "baseSalary", "estimatedSalary")[0];
	if (!isThing(salary)) {
		const one = moneyFrom(salary, textOf(job, "salaryCurrency"), page.language);
		return { salaryMin: one, salaryMax: one };
	}
	const range = thingsOf(salary, "value")[0] ?? salary;
	const currency = textOf(salary, "currency") || textOf(range, "currency") || textOf(job, "salaryCurrency");
	const read = (...names: string[]): Money | null => moneyFrom(valuesOf(range, ...names)[0], currency, page.language);
	return {
		salaryMin: read("minValue", "value"),
		salaryMax: read("maxValue", "value"),
		salaryPeriod: termWords(textOf(range, "unitText") || textOf(salary, "unitText")),
	};
};

export const ratingParts = (thing: Thing) => {
	const rating = thingsOf(thing, "aggregateRating")[0];
	if (rating === undefined) return {};
	return { rating: numberOf(rating, "ratingValue"), ratingCount: numberOf(rating, "ratingCount", "reviewCount") };
};

/** Several people on one line, as a text column wants them. */
export const peopleLine = (thing: Thing, ...names: string[]): string => linesOf(thing, names).slice(0, 20).join(", ");

/** The steps of a recipe: texts, HowToSteps, or sections that hold steps. */
export const stepLines = (values: ThingValue[]): string[] => {
	const open: ThingValue[] = [...values];
	const lines: string[] = [];
	for (let taken = 0; open.length > 0 && taken < limits.listItems * 2; taken += 1) {
		const value = open.shift();
		if (value === undefined) break;
		if (!isThing(value)) {
			lines.push(
				...String(value)
					.split(/\r?\n|<\/(?:p|li)>|<br\s*\/?>/i)
					.map(lineOf),
			);
			continue;
		}
		const inner = valuesOf(value, "itemListElement", "steps");
		if (inner.length > 0) open.unshift(...inner);
		else lines.push(textOf(value, "text", "description", "name"));
	}
	return lines.filter((line) => line !== "");
};
