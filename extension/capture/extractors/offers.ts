import type { Located } from "../findings.ts";
import { textOf, valuesOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import type { Money } from "../values/price.ts";
import { termWords } from "./terms.ts";

/** Parts of an offer that may hold its price: itself, its specifications, its own offers. */
const partsOf = (offer: ThingReader): ThingReader[] =>
	[offer, ...offer.inner("priceSpecification"), ...offer.inner("offers")].slice(0, 20);

/** A list or regular price beside the one that is paid. */
const isFormer = (part: ThingReader): boolean =>
	/ListPrice|SRP|RegularPrice|StrikethroughPrice|MSRP/i.test(textOf(part.thing, "priceType"));

const currencyOf = (parts: readonly ThingReader[]): string =>
	parts.map((part) => textOf(part.thing, "priceCurrency")).find((code) => code !== "") ?? "";

type Prices = { price: Located<Money> | null; originalPrice: Located<Money> | null };

/** The price of an Offer, AggregateOffer or PriceSpecification, and the crossed-out one beside it. */
const pricesOf = (offer: ThingReader): Prices => {
	const parts = partsOf(offer);
	const currency = currencyOf(parts);
	const read = (some: readonly ThingReader[]): Located<Money> | null => {
		for (const part of some) {
			const money = part.money(currency, "price", "lowPrice", "minPrice");
			if (money !== null) return money;
		}
		return null;
	};
	const price = read(parts.filter((part) => !isFormer(part)));
	const former = read(parts.filter(isFormer));
	return {
		price,
		originalPrice: price !== null && former !== null && former.value.amount > price.value.amount ? former : null,
	};
};

const isUsed = (offer: ThingReader): boolean => /Used|Refurbished|Damaged/i.test(textOf(offer.thing, "itemCondition"));

/**
 * The offer that is the page's: the one for the address it was opened at (a variant), else the first with a price that is not of a
 * used one.
 */
const ownOffer = (offers: readonly ThingReader[], here: string): ThingReader | undefined => {
	const priced = offers.filter((offer) => pricesOf(offer).price !== null);
	const named = priced.find((offer) => offers.length > 1 && isFor(offer, here));
	return named ?? priced.find((offer) => !isUsed(offer)) ?? priced[0] ?? offers[0];
};

const isFor = (offer: ThingReader, here: string): boolean =>
	valuesOf(offer.thing, "url").some((url) => typeof url === "string" && offer.addressIn(url) === here);

/** The offers that a summary of several is of, where it holds them with their prices; else itself. */
const withinSummary = (offer: ThingReader): ThingReader[] => {
	const inner = offer.thing.types.includes("AggregateOffer") ? offer.inner("offers") : [];
	return inner.some((one) => pricesOf(one).price !== null) ? inner : [offer];
};

/** What an offer says besides its price. @param here the address the page was opened at */
export const offerParts = (offers: readonly ThingReader[], here: string) => {
	const [summary] = offers;
	const each = offers.length === 1 && summary !== undefined ? withinSummary(summary) : offers;
	const offer = ownOffer(each, here);
	if (offer === undefined) return {};
	const { price, originalPrice } = pricesOf(offer);
	const words = (name: string): Located<string> | null => {
		const raw = offer.text(name);
		return raw && { ...raw, value: termWords(raw.value) };
	};
	return {
		price,
		originalPrice,
		currency: price && { ...price, value: price.value.currency },
		availability: words("availability"),
		condition: words("itemCondition"),
		seller: offer.text("seller", "offeredBy"),
	};
};
