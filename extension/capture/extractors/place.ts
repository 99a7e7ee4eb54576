import type { Located } from "../findings.ts";
import { shownContact } from "../heuristics/contact.ts";
import { shownHours } from "../heuristics/hours.ts";
import { labelled } from "../heuristics/labels.ts";
import { shownPrices } from "../heuristics/prices.ts";
import { shownRating } from "../heuristics/ratings.ts";
import { type PageView, subjectOf } from "../page-view.ts";
import { metaAt, metaOf } from "../sources/meta.ts";
import { hasType } from "../sources/thing.ts";
import { parseDate } from "../values/date.ts";
import { parsePrice } from "../values/price.ts";
import { claimOn, type Extractor } from "./extractor.ts";
import { openingHours } from "./opening-hours.ts";
import { commonParts, contactParts, ratingParts } from "./schema-parts.ts";

const types = new Set(
	(
		"Place LocalBusiness Restaurant CafeOrCoffeeShop BarOrPub Bakery FoodEstablishment FastFoodRestaurant Brewery Winery Hotel " +
		"LodgingBusiness BedAndBreakfast Hostel Motel Resort Campground VacationRental Store ShoppingCenter Museum ArtGallery Library " +
		"Park TouristAttraction LandmarksOrHistoricalBuildings CivicStructure MovieTheater PerformingArtsTheater StadiumOrArena Zoo " +
		"Aquarium PlaceOfWorship HealthAndBeautyBusiness MedicalClinic MedicalBusiness Dentist Hospital Pharmacy Apartment House Residence " +
		"RealEstateAgent AutoRepair SportsActivityLocation ExerciseGym ProfessionalService HomeAndConstructionBusiness TouristDestination"
	).split(" "),
);

/** The types of the vocabulary that end like the shops and eating places they name are known by their ends. */
const typesOn = (page: PageView): ReadonlySet<string> => {
	const named = page.things
		.flatMap((thing) => thing.types)
		.filter((type) => /(?:Store|Shop|Restaurant|Business|Dealer)$/.test(type));
	return new Set([...types, ...named.filter((type) => type !== "OnlineStore" && type !== "OnlineBusiness")]);
};

/** What one pays to get in, where a label says so: on a menu every line has a price. */
const entrance = (page: PageView) => {
	const said = labelled(page.snippets()).get("price")?.value;
	const price = said && parsePrice(said.value, page.place);
	return price ? { price: { ...said, value: price }, currency: { ...said, value: price.currency } } : {};
};

/** What OpenGraph calls places: its own word, Facebook's, and what sites made after them. */
const openGraphTypes = /^(?:place|business\.business|(?:\w+[.:])?(?:restaurant|hotel|bar|cafe|landmark))$/i;

const dwellings = new Set(["Apartment", "House", "Residence", "SingleFamilyResidence", "Accommodation"]);

/** What one pays for a place to live in, and when it was offered: there the price in the page's middle is the place's. */
const dwelling = (page: PageView) => {
	const { price, originalPrice } = shownPrices(page, null);
	const said = labelled(page.snippets()).get("published")?.value;
	const day = said && parseDate(said.value, page.place);
	return {
		price,
		originalPrice,
		currency: price && { ...price, value: price.value.currency },
		published: said && day ? { ...said, value: day } : null,
	};
};

const coordinate = (page: PageView, name: "latitude" | "longitude"): Located<number> | null => {
	const said = metaAt(page.meta, `place:location:${name}`, `og:${name}`);
	const value = Number(said?.value);
	return said === null || !Number.isFinite(value) ? null : { ...said, value };
};

/** Opening hours, and where it is or how to call there: as labels, or below a heading. */
const looksLikePlace = (page: PageView): number | null => {
	if (page.heading === "") return null;
	const labels = labelled(page.snippets());
	if (labels.has("openingHours") && labels.has("address") && labels.has("phone")) return 0.65;
	if (shownHours(page) === null) return null;
	const { address, phone } = shownContact(page);
	return address !== null && phone !== null ? 0.55 : null;
};

/** Somewhere one can go. */
export const place: Extractor = {
	kind: "place",
	claim(page) {
		const known = typesOn(page);
		const claim = claimOn(page, subjectOf(page, known), { types: known, confidence: 0.82 });
		const named = openGraphTypes.test(metaOf(page.meta, "og:type"));
		return claim ?? (named ? { confidence: 0.6, subjects: [] } : null);
	},
	shape: { atMost: 0.65, of: looksLikePlace },
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			const geo = thing.inner("geo")[0];
			found.offerAll(
				{
					...commonParts(thing),
					...ratingParts(thing),
					...contactParts(thing),
					profiles: hasType(thing.thing, types) ? contactParts(thing).profiles : null,
					openingHours: openingHours(thing),
					priceRange: thing.text("priceRange"),
					cuisine: thing.joined(["servesCuisine"]),
					latitude: geo?.number("latitude") ?? thing.number("latitude"),
					longitude: geo?.number("longitude") ?? thing.number("longitude"),
				},
				thing.thing.from,
			);
		}
		found.offerAll({ latitude: coordinate(page, "latitude"), longitude: coordinate(page, "longitude") }, "open-graph");
		if (page.isOutOfTime()) return;
		found.offerAll(shownContact(page), "content");
		found.offerAll(entrance(page), "content");
		found.offer("openingHours", shownHours(page), "content");
		if (subjects.length === 0) found.offerAll(shownRating(page.snippets()), "content");
		const offered =
			subjects.some((thing) => hasType(thing, dwellings)) || /^place$/i.test(metaOf(page.meta, "og:type"));
		if (offered && found.value("openingHours") === undefined) found.offerAll(dwelling(page), "content");
	},
};
