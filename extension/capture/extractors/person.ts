import { mainSubjectOf } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import { addressOf, linesOf, textOf } from "../sources/thing.ts";
import type { Extractor } from "./extractor.ts";
import { commonParts, postalLine } from "./schema-parts.ts";

const types = new Set(["Person"]);

/** Someone, where the page is about them: an author's name beside an article does not make it so. */
export const person: Extractor = {
	kind: "person",
	claim(page) {
		const subject = mainSubjectOf(page, types);
		if (subject !== null) return { confidence: 0.88, subject };
		return /^profile$/i.test(metaOf(page.meta, "og:type")) ? { confidence: 0.6, subject: null } : null;
	},
	read(page, { subject }, found) {
		const names = [metaOf(page.meta, "profile:first_name"), metaOf(page.meta, "profile:last_name")];
		found.offer("title", names.filter(Boolean).join(" "), "open-graph");
		if (subject === null) return;
		found.offerAll(
			{
				...commonParts(subject, page),
				jobTitle: textOf(subject, "jobTitle"),
				company: textOf(subject, "worksFor", "affiliation"),
				email: textOf(subject, "email").replace(/^mailto:/i, ""),
				phone: textOf(subject, "telephone"),
				address: postalLine(subject.properties.get("address")?.[0]),
				website: addressOf(subject, page.base, "url"),
				profiles: linesOf(subject, ["sameAs"]),
			},
			subject.from,
		);
	},
};
