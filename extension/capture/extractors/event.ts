import type { Located } from "../findings.ts";
import { type PageView, subjectOf } from "../page-view.ts";
import { isThing, textOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { claimOn, type Extractor } from "./extractor.ts";
import { offerParts } from "./offers.ts";
import { commonParts, peopleLine, postalLine } from "./schema-parts.ts";
import { looksLikeEvent, readShownEvent } from "./shown-event.ts";

/** schema.org has a type per sort of event; all but two end in the word. */
const typesOn = (page: PageView): ReadonlySet<string> =>
	new Set(page.things.flatMap((thing) => thing.types).filter((type) => /Event$|^(?:Festival|Hackathon)$/.test(type)));

const location = (event: ThingReader): Located<string> | null =>
	event.first(["location"], (where) => {
		if (!isThing(where)) return postalLine(where) || null;
		if (where.types.includes("VirtualLocation")) return "Online";
		const [name, address] = [textOf(where, "name"), postalLine(where)];
		const line = address === "" || address === name ? name : [name, address].filter(Boolean).join(", ");
		return line === "" ? null : line;
	});

/** Something that takes place at a time. */
export const event: Extractor = {
	kind: "event",
	claim(page) {
		const types = typesOn(page);
		return claimOn(page, subjectOf(page, types), { types, confidence: 0.9 });
	},
	shape: { atMost: 0.57, of: (page) => (looksLikeEvent(page) ? 0.57 : null) },
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			const { price, currency } = offerParts(thing.inner("offers"), page.url);
			found.offerAll(
				{
					...commonParts(thing),
					starts: thing.date("startDate"),
					ends: thing.date("endDate"),
					location: location(thing),
					organiser: peopleLine(thing, "organizer"),
					price,
					currency,
				},
				thing.thing.from,
			);
		}
		if (subjects.length === 0) readShownEvent(page, found);
	},
};
