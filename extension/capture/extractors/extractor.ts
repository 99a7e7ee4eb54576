import type { Findings } from "../findings.ts";
import { type PageView, subjectOf } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import type { Thing } from "../sources/thing.ts";

/** An extractor's belief that the page is of its kind: 0–1, with the described object it rests on, if any. */
export type Claim = { confidence: number; subject: Thing | null };

/**
 * One kind of record. Of all claims on a page the most confident wins, the registry's order decides between equals;
 * then `read` offers the kind's fields. Fields common to all kinds are read for every page by `extractors/page.ts`.
 */
export type Extractor = {
	/** Slug on the wire: `^[a-z][a-z0-9_]{0,39}$`. */
	kind: string;
	claim(page: PageView): Claim | null;
	read(page: PageView, claim: Claim, found: Findings): void;
};

/** The usual claim: schema.org describes one such object, or OpenGraph names the type. */
export const claimByType = (page: PageView, types: ReadonlySet<string>, openGraph: RegExp | null): Claim | null => {
	const subject = subjectOf(page, types);
	const named = openGraph?.test(metaOf(page.meta, "og:type")) ?? false;
	if (subject !== null) return { confidence: named ? 0.95 : 0.9, subject };
	return named ? { confidence: 0.6, subject: null } : null;
};
