import type { Findings } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import { addressOf, textOf, thingsOf } from "../sources/thing.ts";
import { currencyCode, parsePrice } from "../values/price.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, offerParts, ratingParts, termWords } from "./schema-parts.ts";

const types = new Set([
	"Product",
	"ProductGroup",
	"IndividualProduct",
	"ProductModel",
	"SomeProducts",
	"Vehicle",
	"Car",
	"Book",
]);

const gtinNames = ["gtin13", "gtin", "gtin14", "gtin12", "gtin8", "isbn"];

/** OpenGraph's product extension, as shop systems write it. */
const readOpenGraph = (page: PageView, found: Findings): void => {
	const code = metaOf(page.meta, "product:price:currency", "og:price:currency");
	const amount = metaOf(page.meta, "product:price:amount", "og:price:amount");
	const price = amount === "" ? null : parsePrice(amount, { known: currencyCode(code), language: page.language });
	const stock = metaOf(page.meta, "product:availability", "og:availability");
	found.offerAll(
		{
			price,
			currency: price?.currency,
			brand: metaOf(page.meta, "product:brand", "og:brand"),
			sku: metaOf(page.meta, "product:retailer_item_id"),
			category: metaOf(page.meta, "product:category"),
			condition: termWords(metaOf(page.meta, "product:condition")),
			availability: termWords(stock === "instock" ? "InStock" : stock),
		},
		"open-graph",
	);
};

const priceSelector = "[data-price],[class*='price' i],[id*='price' i],[data-testid*='price' i]";

/** Last resort: the first element named after a price that reads as one. Crossed-out prices are not the price. */
const readVisiblePrice = (page: PageView, found: Findings): void => {
	if (found.value("price") !== undefined) return;
	for (const element of Array.from(page.document.querySelectorAll(priceSelector)).slice(0, 30)) {
		const text = element.textContent ?? "";
		if (text.length > 60 || element.closest("del,s,[class*='old' i],[class*='was' i]") !== null) continue;
		const price = parsePrice(text, { language: page.language });
		if (price === null || price.amount <= 0) continue;
		found.offerAll({ price, currency: price.currency }, "content");
		return;
	}
};

/** Something for sale: its price, maker, numbers and ratings. */
export const product: Extractor = {
	kind: "product",
	claim: (page) => claimByType(page, types, /^(?:og:)?product(?:\.|$)/i),
	read(page, { subject }, found) {
		if (subject !== null) {
			const variants = thingsOf(subject, "hasVariant").slice(0, 50);
			const offers = [...thingsOf(subject, "offers"), ...variants.flatMap((variant) => thingsOf(variant, "offers"))];
			found.offerAll(
				{
					...commonParts(subject, page),
					...offerParts(offers, page),
					...ratingParts(subject),
					brand: textOf(subject, "brand", "manufacturer"),
					sku: textOf(subject, "sku", "mpn", "productID"),
					gtin: textOf(subject, ...gtinNames),
					category: textOf(subject, "category"),
					author: textOf(subject, "author"),
					image: addressOf(subject, page.base, "image"),
				},
				subject.from,
			);
		}
		readOpenGraph(page, found);
		readVisiblePrice(page, found);
	},
};
