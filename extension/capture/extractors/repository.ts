import type { Findings } from "../findings.ts";
import { type PageView, subjectOf } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import { parseCount } from "../values/number.ts";
import { cleanLine } from "../values/text.ts";
import { type Claim, claimOn, type Extractor } from "./extractor.ts";
import { commonParts, peopleLine } from "./schema-parts.ts";

const types = new Set(["SoftwareSourceCode"]);

/** `owner/name` from marks that code hosts leave in the head: GitHub's own, or `go-import` (GitHub, GitLab, Gitea, …). */
const fullName = (page: PageView): string => {
	const marked = metaOf(page.meta, "octolytics-dimension-repository_nwo");
	if (marked !== "") return marked;
	const [root = ""] = metaOf(page.meta, "go-import").split(" ");
	return root.split("/").slice(1).join("/");
};

/** The first element of the first selector that finds one: the surer selector comes first. */
const firstOf = (page: PageView, selectors: string[]): Element | null => {
	for (const selector of selectors) {
		const element = page.document.querySelector(selector);
		if (element !== null) return element;
	}
	return null;
};

const textAt = (page: PageView, ...selectors: string[]): string =>
	cleanLine(firstOf(page, selectors)?.textContent ?? "", 200);

/** A counter's exact figure is in its title (`12,345`), its text is short (`12.3k`). */
const countAt = (page: PageView, ...selectors: string[]): number | null => {
	const element = firstOf(page, selectors);
	return element === null ? null : parseCount(element.getAttribute("title") ?? element.textContent ?? "");
};

const topicSelector = "a.topic-tag,[data-testid='topic'],.topics a,#repo-topics a";

const readMarks = (page: PageView, found: Findings): void => {
	const name = fullName(page);
	if (!name.includes("/")) return;
	const owner = name.slice(0, name.lastIndexOf("/"));
	found.offerAll({ title: name, owner, author: owner }, "meta");
	const topics = Array.from(page.document.querySelectorAll(topicSelector), (link) => link.textContent ?? "");
	found.offerAll(
		{
			tags: topics,
			stars: countAt(page, "#repo-stars-counter-star", ".star-count", "[href$='/stargazers'] strong"),
			forks: countAt(page, "#repo-network-counter", "[href$='/forks'] strong"),
			license: textAt(page, "a[href*='license' i][data-analytics-event]").replace(/ license$/i, ""),
			programmingLanguage: textAt(page, "[itemprop='programmingLanguage']", "[href*='search?l='] .text-bold"),
		},
		"content",
	);
};

/** A source code repository. */
export const repository: Extractor = {
	kind: "repository",
	claim(page): Claim | null {
		const claim = claimOn(page, subjectOf(page, types), { types, confidence: 0.9 });
		return fullName(page).includes("/") ? { confidence: 0.95, subjects: claim?.subjects ?? [] } : claim;
	},
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			found.offerAll(
				{
					...commonParts(thing),
					author: peopleLine(thing, "author", "creator", "maintainer"),
					programmingLanguage: thing.joined(["programmingLanguage"]),
					license: thing.text("license"),
					published: thing.date("dateCreated"),
					modified: thing.date("dateModified"),
					website: thing.address("codeRepository"),
				},
				thing.thing.from,
			);
		}
		readMarks(page, found);
	},
};
