import type { Located } from "../findings.ts";
import { type PageView, subjectOf } from "../page-view.ts";
import { metaAt, metaOf } from "../sources/meta.ts";
import { textOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { parseDate } from "../values/date.ts";
import { naturalName } from "../values/names.ts";
import { httpUrl } from "../values/url.ts";
import { claimOn, type Extractor } from "./extractor.ts";
import { commonParts, people, peopleLine } from "./schema-parts.ts";

const types = new Set("ScholarlyArticle MedicalScholarlyArticle Thesis PublicationIssue Dataset".split(" "));

/** A DOI out of `doi:10.1000/x`, `https://doi.org/10.1000/x` or the bare form; null when there is none. */
const doiIn = (text: string): string | null => /\b10\.\d{4,9}\/[^\s"<>]+/.exec(text)?.[0] ?? null;

/** The first meta element of these names that reads as something. */
const readAt = <T extends string>(
	page: PageView,
	names: string[],
	read: (text: string) => T | null,
): Located<T> | null => {
	for (const name of names) {
		for (const content of page.meta.get(name) ?? []) {
			const value = read(content);
			if (value !== null) return { value, path: name };
		}
	}
	return null;
};

const citedAuthors = (page: PageView): Located<string[]> | null => {
	for (const name of [
		"citation_author",
		"citation_authors",
		"bepress_citation_author",
		"eprints.creators_name",
		"dc.creator",
		"dcterms.creator",
	]) {
		const written = (page.meta.get(name) ?? []).flatMap((line) => line.split(/;/));
		const authors = [...new Set(written.map((line) => naturalName(line.trim())).filter((line) => line !== ""))];
		if (authors.length > 0) return { value: authors, path: name };
	}
	return null;
};

/** The tags that scholarly search engines ask publishers for (Highwire), those of repositories, and Dublin Core. */
const citation = (page: PageView) => {
	const authors = citedAuthors(page);
	const keywords = page.meta.get("citation_keywords")?.flatMap((words) => words.split(/[;,]/));
	const dates = [
		"citation_publication_date",
		"citation_online_date",
		"citation_date",
		"citation_year",
		"prism.publicationdate",
		"dc.date",
		"dcterms.issued",
	];
	return {
		title: metaAt(page.meta, "citation_title", "eprints.title", "dc.title", "dcterms.title"),
		authors,
		author: authors && { value: authors.value.slice(0, 20).join(", "), path: authors.path },
		journal: metaAt(
			page.meta,
			"citation_journal_title",
			"citation_conference_title",
			"citation_inbook_title",
			"prism.publicationname",
		),
		doi: readAt(page, ["citation_doi", "dc.identifier", "dcterms.identifier", "prism.doi", "dc.source"], doiIn),
		pdf: readAt(page, ["citation_pdf_url"], (address) => httpUrl(address, page.base)),
		published: readAt(page, dates, (text) => parseDate(text, page.place)),
		description: metaAt(page.meta, "citation_abstract", "dcterms.abstract", "dc.description"),
		language: metaAt(page.meta, "citation_language"),
		tags: keywords && { value: keywords, path: "citation_keywords" },
	};
};

const doiOf = (thing: ThingReader): Located<string> | null =>
	thing.first(["identifier", "sameAs", "doi", "url"], (value) =>
		doiIn(typeof value === "object" ? `${textOf(value, "value", "@value")} ${value.id ?? ""}` : String(value)),
	) ?? (thing.thing.id === null ? null : wrap(doiIn(thing.thing.id), `${thing.thing.path}.@id`));

const wrap = (value: string | null, path: string): Located<string> | null => (value === null ? null : { value, path });

/** A scientific publication. */
export const paper: Extractor = {
	kind: "paper",
	claim(page) {
		const claim = claimOn(page, subjectOf(page, types), { types, confidence: 0.92 });
		return metaOf(page.meta, "citation_title") === "" ? claim : { confidence: 0.96, subjects: claim?.subjects ?? [] };
	},
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			found.offerAll(
				{
					...commonParts(thing),
					title: thing.text("headline", "name"),
					authors: people(thing, "author", "creator"),
					author: peopleLine(thing, "author", "creator"),
					journal: thing.text("isPartOf", "publication"),
					published: thing.date("datePublished"),
					doi: doiOf(thing),
				},
				thing.thing.from,
			);
		}
		found.offerAll(citation(page), "meta");
	},
};
