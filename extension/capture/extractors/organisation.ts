import { shownContact } from "../heuristics/contact.ts";
import { mainSubjectOf, type PageView } from "../page-view.ts";
import { hasType, type Thing } from "../sources/thing.ts";
import { claimOn, type Extractor } from "./extractor.ts";
import { commonParts, contactParts } from "./schema-parts.ts";

const types = new Set(
	(
		"Organization Corporation NGO OnlineBusiness OnlineStore GovernmentOrganization EducationalOrganization " +
		"CollegeOrUniversity School SportsTeam NewsMediaOrganization PerformingGroup MusicGroup MedicalOrganization LibrarySystem"
	).split(" "),
);

/** Nearly every page names its publisher; only on the home page is the publisher what the page is about. */
const homeOwner = (page: PageView): Thing | null => {
	if (URL.parse(page.url)?.pathname !== "/") return null;
	const owners = page.things.filter((thing) => hasType(thing, types));
	return owners.length === 1 ? (owners[0] ?? null) : null;
};

/** A company or another body, where the page is about it. */
export const organisation: Extractor = {
	kind: "organisation",
	claim: (page) => claimOn(page, mainSubjectOf(page, types) ?? homeOwner(page), { types, confidence: 0.8 }),
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			const image = thing.address("logo", "image");
			found.offerAll({ ...commonParts(thing), ...contactParts(thing), image }, thing.thing.from);
		}
		if (!page.isOutOfTime()) found.offerAll(shownContact(page), "content");
	},
};
