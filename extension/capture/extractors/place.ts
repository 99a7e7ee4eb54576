import { subjectOf } from "../page-view.ts";
import { addressOf, linesOf, numberOf, textOf, thingsOf } from "../sources/thing.ts";
import type { Extractor } from "./extractor.ts";
import { commonParts, postalLine, ratingParts } from "./schema-parts.ts";

const types = new Set([
	"Place",
	"LocalBusiness",
	"Restaurant",
	"CafeOrCoffeeShop",
	"BarOrPub",
	"Bakery",
	"FoodEstablishment",
	"Hotel",
	"LodgingBusiness",
	"BedAndBreakfast",
	"Hostel",
	"Store",
	"Museum",
	"Park",
	"TouristAttraction",
	"LandmarksOrHistoricalBuildings",
	"CivicStructure",
	"MovieTheater",
	"HealthAndBeautyBusiness",
	"MedicalClinic",
	"Apartment",
	"House",
	"Residence",
]);

/** Somewhere one can go. */
export const place: Extractor = {
	kind: "place",
	claim(page) {
		const subject = subjectOf(page, types);
		return subject === null ? null : { confidence: 0.82, subject };
	},
	read(page, { subject }, found) {
		if (subject === null) return;
		const geo = thingsOf(subject, "geo")[0];
		found.offerAll(
			{
				...commonParts(subject, page),
				...ratingParts(subject),
				address: postalLine(subject.properties.get("address")?.[0]),
				phone: textOf(subject, "telephone"),
				email: textOf(subject, "email").replace(/^mailto:/i, ""),
				website: addressOf(subject, page.base, "url"),
				openingHours: linesOf(subject, ["openingHours"]),
				priceRange: textOf(subject, "priceRange"),
				cuisine: linesOf(subject, ["servesCuisine"]).join(", "),
				latitude: geo === undefined ? null : numberOf(geo, "latitude"),
				longitude: geo === undefined ? null : numberOf(geo, "longitude"),
			},
			subject.from,
		);
	},
};
