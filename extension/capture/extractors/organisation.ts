import { trailStep } from "../heuristics/breadcrumbs.ts";
import { shownWebsite } from "../heuristics/contact.ts";
import { mainSubjectOf, type PageView } from "../page-view.ts";
import { metaAt } from "../sources/meta.ts";
import { hasType, type Thing } from "../sources/thing.ts";
import { claimOn, type Extractor } from "./extractor.ts";
import { commonParts, contactParts } from "./schema-parts.ts";
import { bodyContact, bodyName, isContactPage, isHome, looksLikeBody } from "./shown-body.ts";

const types = new Set(
	(
		"Organization Corporation NGO OnlineBusiness OnlineStore GovernmentOrganization EducationalOrganization " +
		"CollegeOrUniversity School SportsTeam NewsMediaOrganization PerformingGroup MusicGroup MedicalOrganization LibrarySystem"
	).split(" "),
);

/** Nearly every page names its publisher; only on the home page and the contact page is the publisher what the page is about. */
const siteOwner = (page: PageView): Thing | null => {
	if (!isHome(page) && !isContactPage(page)) return null;
	const owners = page.things.filter((thing) => hasType(thing, types));
	return owners.length === 1 ? (owners[0] ?? null) : null;
};

/** A company or another body, where the page is about it. */
export const organisation: Extractor = {
	kind: "organisation",
	claim: (page) => claimOn(page, mainSubjectOf(page, types) ?? siteOwner(page), { types, confidence: 0.8 }),
	shape: { atMost: 0.5, of: (page) => (looksLikeBody(page) ? 0.5 : null) },
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			const image = thing.address("logo", "image");
			found.offerAll({ ...commonParts(thing), ...contactParts(thing), image }, thing.thing.from);
		}
		if (page.isOutOfTime()) return;
		found.offerAll({ ...bodyContact(page), website: shownWebsite(page) }, "content");
		if (subjects.length > 0) return;
		const name = bodyName(page);
		found.offer("title", name === "" ? metaAt(page.meta, "og:site_name") : { value: name, path: "h1" }, "content");
		found.offer("category", trailStep(page, name), "content");
	},
};
