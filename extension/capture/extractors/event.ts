import { type PageView, subjectOf } from "../page-view.ts";
import { dateOf, isThing, type Thing, textOf, thingsOf, valuesOf } from "../sources/thing.ts";
import type { Extractor } from "./extractor.ts";
import { commonParts, offerParts, peopleLine, postalLine } from "./schema-parts.ts";

/** schema.org has a type per sort of event; all but two end in the word. */
const typesOn = (page: PageView): ReadonlySet<string> =>
	new Set(page.things.flatMap((thing) => thing.types).filter((type) => /Event$|^(?:Festival|Hackathon)$/.test(type)));

const place = (event: Thing): string => {
	const where = valuesOf(event, "location")[0];
	if (where === undefined) return "";
	if (!isThing(where)) return postalLine(where);
	if (where.types.includes("VirtualLocation")) return "Online";
	const [name, address] = [textOf(where, "name"), postalLine(where)];
	return address === "" || address === name ? name : [name, address].filter(Boolean).join(", ");
};

/** Something that takes place at a time. */
export const event: Extractor = {
	kind: "event",
	claim(page) {
		const subject = subjectOf(page, typesOn(page));
		return subject === null ? null : { confidence: 0.9, subject };
	},
	read(page, { subject }, found) {
		if (subject === null) return;
		const offered = offerParts(thingsOf(subject, "offers"), page);
		found.offerAll(
			{
				...commonParts(subject, page),
				starts: dateOf(subject, "startDate"),
				ends: dateOf(subject, "endDate"),
				location: place(subject),
				organiser: peopleLine(subject, "organizer"),
				price: offered.price,
				currency: offered.currency,
			},
			subject.from,
		);
	},
};
