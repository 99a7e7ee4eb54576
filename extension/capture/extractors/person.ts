import type { Located } from "../findings.ts";
import { shownContact } from "../heuristics/contact.ts";
import { labelled } from "../heuristics/labels.ts";
import { namedText, nameWord } from "../heuristics/named.ts";
import { mainSubjectOf, type PageView } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import { claimOn, type Extractor } from "./extractor.ts";
import { commonParts, contactParts } from "./schema-parts.ts";

const types = new Set(["Person", "Patient", "Physician"]);

const posts = nameWord("role|job-title|jobtitle|position|funktion|function|fonction|cargo|puesto|functie|stanowisko");

const shownPost = (page: PageView): Located<string> | null =>
	labelled(page.snippets()).get("jobTitle")?.value ?? namedText(page.snippets(), posts, { maxChars: 80 });

/** Two to six words, each with a capital or a title's short form, and no number. */
const aName = /^(?:\p{Lu}[\p{L}\p{M}.'’-]*\s+){1,5}\p{Lu}[\p{L}\p{M}'’-]+$/u;

/** A name, what its bearer does, and how to reach them. */
const looksLikePerson = (page: PageView): boolean => {
	if (!aName.test(page.heading) || shownPost(page) === null) return false;
	const { email, phone } = shownContact(page);
	return email !== null || phone !== null;
};

/** Someone, where the page is about them: an author's name beside an article does not make it so. */
export const person: Extractor = {
	kind: "person",
	claim(page) {
		const claim = claimOn(page, mainSubjectOf(page, types), { types, confidence: 0.88 });
		return claim ?? (/^profile$/i.test(metaOf(page.meta, "og:type")) ? { confidence: 0.6, subjects: [] } : null);
	},
	shape: { atMost: 0.54, of: (page) => (looksLikePerson(page) ? 0.54 : null) },
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
		if (!page.isOutOfTime()) found.offerAll({ ...shownContact(page), jobTitle: shownPost(page) }, "content");
	},
};
