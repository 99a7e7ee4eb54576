import { mainSubjectOf, type PageView } from "../page-view.ts";
import { addressOf, hasType, linesOf, type Thing, textOf } from "../sources/thing.ts";
import type { Extractor } from "./extractor.ts";
import { commonParts, postalLine } from "./schema-parts.ts";

const types = new Set([
	"Organization",
	"Corporation",
	"NGO",
	"OnlineBusiness",
	"OnlineStore",
	"GovernmentOrganization",
	"EducationalOrganization",
	"CollegeOrUniversity",
	"School",
	"SportsTeam",
	"NewsMediaOrganization",
	"PerformingGroup",
	"MusicGroup",
]);

/** Nearly every page names its publisher; only on the home page is the publisher what the page is about. */
const homeOwner = (page: PageView): Thing | null => {
	if (URL.parse(page.url)?.pathname !== "/") return null;
	const owners = page.things.filter((thing) => hasType(thing, types));
	return owners.length === 1 ? (owners[0] ?? null) : null;
};

/** A company or another body, where the page is about it. */
export const organisation: Extractor = {
	kind: "organisation",
	claim(page) {
		const subject = mainSubjectOf(page, types) ?? homeOwner(page);
		return subject === null ? null : { confidence: 0.8, subject };
	},
	read(page, { subject }, found) {
		if (subject === null) return;
		found.offerAll(
			{
				...commonParts(subject, page),
				image: addressOf(subject, page.base, "logo", "image"),
				website: addressOf(subject, page.base, "url"),
				email: textOf(subject, "email").replace(/^mailto:/i, ""),
				phone: textOf(subject, "telephone"),
				address: postalLine(subject.properties.get("address")?.[0]),
				profiles: linesOf(subject, ["sameAs"]),
			},
			subject.from,
		);
	},
};
