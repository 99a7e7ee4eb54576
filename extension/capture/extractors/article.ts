import { metaOf } from "../sources/meta.ts";
import { addressOf, dateOf, linesOf, textOf } from "../sources/thing.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, peopleLine } from "./schema-parts.ts";

const types = new Set([
	"Article",
	"NewsArticle",
	"BlogPosting",
	"TechArticle",
	"Report",
	"ReportageNewsArticle",
	"AnalysisNewsArticle",
	"OpinionNewsArticle",
	"BackgroundNewsArticle",
	"ReviewNewsArticle",
	"LiveBlogPosting",
	"SocialMediaPosting",
	"DiscussionForumPosting",
	"AdvertiserContentArticle",
]);

/** A text someone published: news, posts, reports. */
export const article: Extractor = {
	kind: "article",
	claim(page) {
		const claimed = claimByType(page, types, /^article$/i);
		if (claimed !== null) return claimed;
		const dated = page.heading !== "" && page.document.querySelector("article time[datetime]") !== null;
		const one = page.document.getElementsByTagName("article").length === 1;
		return dated && one ? { confidence: 0.4, subject: null } : null;
	},
	read(page, { subject }, found) {
		if (subject !== null) {
			const authors = linesOf(subject, ["author", "creator"]);
			found.offerAll(
				{
					...commonParts(subject, page),
					title: textOf(subject, "headline", "name"),
					author: peopleLine(subject, "author", "creator"),
					authors: authors.length > 1 ? authors : null,
					published: dateOf(subject, "datePublished", "dateCreated"),
					modified: dateOf(subject, "dateModified"),
					section: textOf(subject, "articleSection"),
					siteName: textOf(subject, "publisher"),
					image: addressOf(subject, page.base, "image", "thumbnailUrl"),
				},
				subject.from,
			);
		}
		found.offer("section", metaOf(page.meta, "article:section"), "open-graph");
	},
};
