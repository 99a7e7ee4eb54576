import { type PageView, subjectOf } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import { dateOf, linesOf, textOf, valuesOf } from "../sources/thing.ts";
import { parseDate } from "../values/date.ts";
import { httpUrl } from "../values/url.ts";
import type { Extractor } from "./extractor.ts";
import { commonParts, peopleLine } from "./schema-parts.ts";

const types = new Set(["ScholarlyArticle", "MedicalScholarlyArticle", "Thesis"]);

/** A DOI out of `doi:10.1000/x`, `https://doi.org/10.1000/x` or the bare form; empty when there is none. */
const doiIn = (text: string): string => /\b10\.\d{4,9}\/[^\s"<>]+/.exec(text)?.[0] ?? "";

/** `Lovelace, Ada` is how citation tags write a name; a person writes it the other way round. */
const naturalName = (name: string): string => {
	const [family = "", given, ...more] = name.split(",").map((part) => part.trim());
	return given === undefined || more.length > 0 ? name : `${given} ${family}`;
};

/** The Highwire tags that scholarly search engines ask publishers for. */
const citation = (page: PageView) => {
	const authors = (page.meta.get("citation_author") ?? page.meta.get("dc.creator") ?? []).map(naturalName);
	const date = metaOf(page.meta, "citation_publication_date", "citation_online_date", "citation_date", "citation_year");
	return {
		title: metaOf(page.meta, "citation_title"),
		authors,
		author: authors.slice(0, 20).join(", "),
		journal: metaOf(page.meta, "citation_journal_title", "citation_conference_title"),
		doi: doiIn(metaOf(page.meta, "citation_doi", "dc.identifier", "prism.doi")),
		pdf: httpUrl(metaOf(page.meta, "citation_pdf_url"), page.base),
		published: parseDate(date),
		description: metaOf(page.meta, "citation_abstract", "dcterms.abstract"),
		tags: page.meta.get("citation_keywords")?.flatMap((words) => words.split(/[;,]/)),
	};
};

/** A scientific publication. */
export const paper: Extractor = {
	kind: "paper",
	claim(page) {
		const subject = subjectOf(page, types);
		if (metaOf(page.meta, "citation_title") !== "") return { confidence: 0.96, subject };
		return subject === null ? null : { confidence: 0.92, subject };
	},
	read(page, { subject }, found) {
		if (subject !== null) {
			const identifiers = [...valuesOf(subject, "identifier"), ...valuesOf(subject, "sameAs"), subject.id ?? ""];
			found.offerAll(
				{
					...commonParts(subject, page),
					title: textOf(subject, "headline", "name"),
					authors: linesOf(subject, ["author", "creator"]),
					author: peopleLine(subject, "author", "creator"),
					journal: textOf(subject, "isPartOf"),
					published: dateOf(subject, "datePublished"),
					doi: identifiers.map((value) => (typeof value === "string" ? doiIn(value) : "")).find(Boolean),
				},
				subject.from,
			);
		}
		found.offerAll(citation(page), "meta");
	},
};
