import { trailStep } from "../heuristics/breadcrumbs.ts";
import { shownAuthors, shownDates } from "../heuristics/bylines.ts";
import type { PageView } from "../page-view.ts";
import { metaAt } from "../sources/meta.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, people, peopleLine } from "./schema-parts.ts";

const types = new Set(
	(
		"Article NewsArticle BlogPosting TechArticle Report ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle " +
		"BackgroundNewsArticle ReviewNewsArticle LiveBlogPosting SocialMediaPosting DiscussionForumPosting " +
		"AdvertiserContentArticle Review CriticReview EmailMessage Message QAPage Question APIReference HowTo"
	).split(" "),
);

/** Enough text that nobody writes it around a form, a list or a map. */
const fewestChars = 200;

/** A text with a heading, a date and somebody who wrote it, or one in an article's own element. */
const looksLikeArticle = (page: PageView): boolean => {
	if (page.heading === "") return false;
	const articles = Array.from(page.document.getElementsByTagName("article"));
	const paragraphs = Array.from(page.document.querySelectorAll("p")).slice(0, 80);
	const chars = paragraphs.reduce((sum, paragraph) => sum + (paragraph.textContent ?? "").length, 0);
	const { published } = shownDates(page);
	if (articles.length === 1 && published !== null && page.document.querySelector("article time[datetime]") !== null)
		return true;
	return published !== null && chars > fewestChars && (articles.length === 1 || shownAuthors(page) !== null);
};

/** A text someone published: news, posts, reports. */
export const article: Extractor = {
	kind: "article",
	claim: (page) => claimByType(page, types, /^article$/i),
	shape: { atMost: 0.4, of: (page) => (looksLikeArticle(page) ? 0.4 : null) },
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			const authors = people(thing, "author", "creator");
			found.offerAll(
				{
					...commonParts(thing),
					title: thing.text("headline", "name"),
					author: peopleLine(thing, "author", "creator"),
					authors: authors !== null && authors.value.length > 1 ? authors : null,
					published: thing.date("datePublished", "dateCreated", "uploadDate"),
					modified: thing.date("dateModified"),
					section: thing.text("articleSection"),
					siteName: thing.text("publisher"),
					image: thing.address("image", "thumbnailUrl"),
				},
				thing.thing.from,
			);
		}
		found.offer("section", metaAt(page.meta, "article:section"), "open-graph");
		found.offer("section", trailStep(page, page.heading), "content");
	},
};
