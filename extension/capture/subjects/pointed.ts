import type { CaptureDraft } from "../draft.ts";
import type { Findings } from "../findings.ts";

/** Fields that describe the page as such and hold for whatever is found on it. */
const inherited = ["title", "siteName", "author", "published", "language"] as const;

/**
 * A draft about something on the page: what was found of it, and below that what the page says of itself (its title
 * where the thing has none, its site, its author), never the page's description or price.
 */
export const draftFrom = (
	page: CaptureDraft,
	pointed: {
		kind: string;
		found: Findings;
		source: CaptureDraft["source"];
		image: string | null;
		inherit?: readonly string[];
	},
): CaptureDraft => {
	const { fields, provenance } = pointed.found.result();
	// What only looks like a page's author is nobody's word on a picture of it.
	const sure = (name: string): boolean => pointed.kind !== "image" || page.provenance[name]?.from !== "content";
	const kept = (pointed.inherit ?? inherited).filter((name) => !(name in fields) && name in page.fields && sure(name));
	const draft: CaptureDraft = { kind: pointed.kind, source: pointed.source, fields, provenance, image: pointed.image };
	for (const name of kept) {
		const [value, from] = [page.fields[name], page.provenance[name]];
		if (value !== undefined) draft.fields[name] = value;
		if (from !== undefined) draft.provenance[name] = from;
	}
	return draft;
};
