import type { Findings, Located } from "../findings.ts";
import { shownAvailability } from "../heuristics/availability.ts";
import { trailStep } from "../heuristics/breadcrumbs.ts";
import { canBeBought } from "../heuristics/buying.ts";
import { labelled } from "../heuristics/labels.ts";
import { shownPicture } from "../heuristics/pictures.ts";
import { shownPrices } from "../heuristics/prices.ts";
import { shownRating } from "../heuristics/ratings.ts";
import type { PageView } from "../page-view.ts";
import { metaAt, metaOf } from "../sources/meta.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { currencyCode, parsePrice } from "../values/price.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { offerParts } from "./offers.ts";
import { commonParts, peopleLine, ratingParts } from "./schema-parts.ts";
import { termWords } from "./terms.ts";

const types = new Set(
	"Product ProductGroup IndividualProduct ProductModel SomeProducts Vehicle Car Motorcycle Book SoftwareApplication MobileApplication WebApplication VideoGame".split(
		" ",
	),
);

const gtinNames = ["gtin13", "gtin", "gtin14", "gtin12", "gtin8", "isbn"];

/** OpenGraph's product extension, as shop systems write it. */
const readOpenGraph = (page: PageView, found: Findings): void => {
	const code = metaOf(page.meta, "product:price:currency", "og:price:currency", "product:sale_price:currency");
	const amount = metaAt(page.meta, "product:sale_price:amount", "product:price:amount", "og:price:amount");
	const price = amount && parsePrice(amount.value, { known: currencyCode(code), ...page.place });
	const stock = metaAt(page.meta, "product:availability", "og:availability");
	const condition = metaAt(page.meta, "product:condition");
	found.offerAll(
		{
			price: amount && price && { value: price, path: amount.path },
			currency: amount && price && { value: price.currency, path: amount.path },
			brand: metaAt(page.meta, "product:brand", "og:brand"),
			sku: metaAt(page.meta, "product:retailer_item_id", "product:retailer_part_no"),
			category: metaAt(page.meta, "product:category"),
			condition: condition && { ...condition, value: termWords(condition.value) },
			availability: stock && {
				...stock,
				value: termWords(/^in\s?stock$/i.test(stock.value) ? "InStock" : stock.value),
			},
		},
		"open-graph",
	);
};

const readThing = (thing: ThingReader, page: PageView, found: Findings): void => {
	const variants = thing.inner("hasVariant");
	const offers = [...thing.inner("offers"), ...variants.flatMap((variant) => variant.inner("offers"))];
	found.offerAll(
		{
			...commonParts(thing),
			...offerParts(offers, page.url),
			...ratingParts(thing),
			brand: thing.text("brand", "manufacturer"),
			sku: thing.text("sku", "mpn", "productID"),
			gtin: thing.text(...gtinNames),
			category: thing.text("category"),
			author: peopleLine(thing, "author"),
			image: thing.address("image"),
		},
		thing.thing.from,
	);
};

const conditions: readonly (readonly [RegExp, string])[] = [
	[
		/refurb|renewed|généralement? reconditionn|reconditionn|reacondicionado|ricondizionato|odnowion|восстановлен|整備済|翻新|리퍼/iu,
		"Refurbished",
	],
	[
		/used|gebraucht|occasion|usad[oa]|segunda mano|usato|gebruikt|begagnad|brukt|käytetty|použit|używan|б\/?у|ikinci el|中古|二手|중고|مستعمل|משומש|semi-?novo/iu,
		"Used",
	],
	[
		/\bnew\b|\bneu|neuf|nouveau|nuevo|nov[oa]\b|nuovo|nieuw|\bny\b|uusi|nový|nowy|новый|новое|yeni|新品|全新|새상품|새 상품|جديد|חדש/iu,
		"New",
	],
];

/** The page's word on the condition in the words of the schema, or as it is. */
const conditionOf = (raw: Located<string> | undefined): Located<string> | null => {
	const known = raw && conditions.find(([said]) => said.test(raw.value))?.[1];
	return raw === undefined || known === undefined ? null : { ...raw, value: known };
};

const money = (found: Findings, name: "price" | "originalPrice") => {
	const value = found.value(name);
	return value?.type === "currency" ? value.value : null;
};

/** The data has the regular price while the page sells for less: then the data's is the crossed-out one. */
const correctPrice = (found: Findings, shown: ReturnType<typeof shownPrices>): void => {
	const [said, price, former] = [money(found, "price"), shown.price, shown.originalPrice];
	if (said === null || price === null || former === null || found.origin("price")?.from === "content") return;
	const reduced =
		former.value.amount === said.amount && price.value.amount < said.amount && price.value.currency === said.currency;
	if (reduced) found.correct("price", price, "content");
};

/** Three decimals in data are a thousand to some shops and a fraction to others: the page shows which. */
const settleThousands = (found: Findings, shown: ReturnType<typeof shownPrices>): void => {
	const said = money(found, "price");
	const origin = found.origin("price");
	if (said === null || shown.price === null || origin === undefined || origin.from === "content") return;
	if (said.amount === shown.price.value.amount * 1_000 && said.currency === shown.price.value.currency) {
		found.correct("price", shown.price.value, origin);
	}
};

/** What the page shows of its product, below whatever it says in data. */
const readShown = (page: PageView, found: Findings): void => {
	const known =
		money(found, "price")?.currency ?? currencyCode(metaOf(page.meta, "product:price:currency", "og:price:currency"));
	const shown = shownPrices(page, known);
	settleThousands(found, shown);
	correctPrice(found, shown);
	found.offer("price", shown.price, "content");
	const price = money(found, "price");
	found.offer(
		"currency",
		price && { value: price.currency, path: found.origin("price")?.path ?? "" },
		found.origin("price") ?? "content",
	);
	const former = shown.originalPrice;
	if (price !== null && former !== null && former.value.amount > price.amount)
		found.offer("originalPrice", former, "content");
	const labels = labelled(page.snippets());
	const at = (name: "brand" | "sku" | "gtin" | "seller" | "condition") => labels.get(name)?.value;
	found.offerAll(
		{
			brand: at("brand") ?? null,
			sku: at("sku") ?? null,
			gtin: at("gtin") ?? null,
			seller: at("seller") ?? null,
			condition: conditionOf(at("condition")),
			availability: shownAvailability(page.snippets()),
			category: trailStep(page, titleOf(found)),
			...shownRating(page.snippets()),
			image: page.meta.has("og:image") || page.meta.has("twitter:image") ? null : shownPicture(page, { wide: true }),
		},
		"content",
	);
};

const titleOf = (found: Findings): string => {
	const title = found.value("title");
	return title?.type === "text" ? title.value : "";
};

/** Something for sale: its price, maker, numbers and ratings. */
export const product: Extractor = {
	kind: "product",
	claim: (page) => claimByType(page, types, /^(?:og:)?product(?:\.|$)/i),
	/** A shop's page without data: something that can be bought, and what it costs, under a heading. */
	shape: {
		atMost: 0.62,
		of(page) {
			const sold = page.heading !== "" && canBeBought(page) && shownPrices(page, null).price !== null;
			return sold ? 0.62 : null;
		},
	},
	read(page, { subjects }, found) {
		for (const subject of subjects) readThing(page.read(subject), page, found);
		readOpenGraph(page, found);
		if (!page.isOutOfTime()) readShown(page, found);
	},
};
