import type { Findings } from "../findings.ts";
import { alsoAbout, type PageView, subjectOf } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import type { Thing } from "../sources/thing.ts";

/**
 * An extractor's belief that the page is of its kind: 0–1, with the described objects it rests on, if any, the one that the page is
 * about first.
 */
export type Claim = { confidence: number; subjects: readonly Thing[] };

/**
 * One kind of record. Of all claims on a page the most confident wins, the registry's order decides between equals;
 * then `read` offers the kind's fields. Fields common to all kinds are read for every page by `extractors/page.ts`.
 */
export type Extractor = {
	/** Slug on the wire: `^[a-z][a-z0-9_]{0,39}$`. */
	kind: string;
	/** By what the page says of itself in data. */
	claim(page: PageView): Claim | null;
	/**
	 * By what the page only shows: asked when no data is sure, because looking costs more than reading, and only where `atMost` is more
	 * than what another kind is sure of already. 0–1, or null.
	 */
	shape?: { atMost: number; of(page: PageView): number | null };
	read(page: PageView, claim: Claim, found: Findings): void;
};

/** What an object of these types claims, with everything else that describes the same. */
export const claimOn = (
	page: PageView,
	subject: Thing | null,
	of: { types: ReadonlySet<string>; confidence: number },
): Claim | null =>
	subject === null ? null : { confidence: of.confidence, subjects: [subject, ...alsoAbout(page, subject, of.types)] };

/** The usual claim: schema.org describes one such object, or OpenGraph names the type. */
export const claimByType = (page: PageView, types: ReadonlySet<string>, openGraph: RegExp | null): Claim | null => {
	const subject = subjectOf(page, types);
	const named = openGraph?.test(metaOf(page.meta, "og:type")) ?? false;
	if (subject === null) return named ? { confidence: 0.6, subjects: [] } : null;
	return claimOn(page, subject, { types, confidence: named ? 0.95 : 0.9 });
};
