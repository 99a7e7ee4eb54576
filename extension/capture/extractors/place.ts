import { shownContact } from "../heuristics/contact.ts";
import { labelled } from "../heuristics/labels.ts";
import { type PageView, subjectOf } from "../page-view.ts";
import { hasType } from "../sources/thing.ts";
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

/** Somewhere one can go. */
export const place: Extractor = {
	kind: "place",
	claim(page) {
		const known = typesOn(page);
		return claimOn(page, subjectOf(page, known), { types: known, confidence: 0.82 });
	},
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
		if (page.isOutOfTime()) return;
		found.offerAll(shownContact(page), "content");
		found.offerAll(entrance(page), "content");
	},
};
