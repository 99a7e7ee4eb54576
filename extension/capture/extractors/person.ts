import { shownContact } from "../heuristics/contact.ts";
import { mainSubjectOf } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import { claimOn, type Extractor } from "./extractor.ts";
import { commonParts, contactParts } from "./schema-parts.ts";

const types = new Set(["Person", "Patient", "Physician"]);

/** Someone, where the page is about them: an author's name beside an article does not make it so. */
export const person: Extractor = {
	kind: "person",
	claim(page) {
		const claim = claimOn(page, mainSubjectOf(page, types), { types, confidence: 0.88 });
		return claim ?? (/^profile$/i.test(metaOf(page.meta, "og:type")) ? { confidence: 0.6, subjects: [] } : null);
	},
	read(page, { subjects }, found) {
		const names = [metaOf(page.meta, "profile:first_name"), metaOf(page.meta, "profile:last_name")];
		found.offer("title", { value: names.filter(Boolean).join(" "), path: "profile:first_name" }, "open-graph");
		for (const thing of subjects.map((subject) => page.read(subject))) {
			found.offerAll(
				{
					...commonParts(thing),
					...contactParts(thing),
					jobTitle: thing.text("jobTitle"),
					company: thing.text("worksFor", "affiliation"),
				},
				thing.thing.from,
			);
		}
		if (!page.isOutOfTime()) found.offerAll(shownContact(page), "content");
	},
};
