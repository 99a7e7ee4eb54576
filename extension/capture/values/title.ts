/** What stands between a page's title and the site's name: with white space around it, or a mark that is never part of a word. */
const separator = /\s+(?:[-–—|·•»«›‹:/~⋆]|::|\|\|)\s+|\s*[|｜»›]\s*|\s+[_]\s+|(?<=[^\d\s])\s*[–—]\s+/u;

const beginsApart = new RegExp(`^(?:${separator.source})`, "u");
const endsApart = new RegExp(`(?:${separator.source})$`, "u");

const plain = (text: string): string =>
	text
		.toLowerCase()
		.normalize("NFKC")
		.replace(/[\s\u200c\u200d]+/gu, " ")
		.trim();

/** Whether a part of a title is the site's name as something else on the page says it, or as its host does. */
const isSite = (part: string, sites: readonly string[]): boolean => {
	const own = plain(part);
	const letters = own.replace(/[^\p{L}\p{N}]/gu, "");
	return sites.some((site) => {
		const other = plain(site);
		return other !== "" && (own === other || letters === other.replace(/[^\p{L}\p{N}]/gu, ""));
	});
};

/** The parts of a title with what stands between them, in order. */
const partsOf = (title: string): string[] => title.split(separator).map((part) => part.trim());

/** A sharing card's title without the site's name at its end or beginning. */
export const withoutSite = (title: string, sites: readonly string[]): string => {
	const parts = partsOf(title).filter((part) => part !== "");
	const [first = "", last = ""] = [parts[0], parts.at(-1)];
	if (parts.length < 2) return title;
	if (isSite(last, sites)) return title.slice(0, title.lastIndexOf(last)).replace(endsApart, "").trim() || title;
	return isSite(first, sites)
		? title
				.slice(title.indexOf(first) + first.length)
				.replace(beginsApart, "")
				.trim() || title
		: title;
};

/**
 * A document's title without the site's name: where the heading, another title of the page or the site's name itself says which part
 * that is. Otherwise it stays as it is: `A – B` may be the thing's own name.
 *
 * @param known names that the page gives the thing elsewhere (heading, sharing card), the surest first
 * @param sites names of the site (`og:site_name`, its host)
 */
export const withoutSiteName = (
	title: string,
	{ known, sites }: { known: readonly string[]; sites: readonly string[] },
): string => {
	const parts = partsOf(title).filter((part) => part !== "");
	if (parts.length < 2) return title;
	for (const name of known) {
		// The same without the site's name: it is a part, or several in a row.
		if (name === "" || plain(name) === plain(title) || isSite(name, sites)) continue;
		const at = plain(title).indexOf(plain(name));
		const [before, after] = [title.slice(0, Math.max(at, 0)), title.slice(at + name.length)];
		if (at < 0 || (before !== "" && after !== "")) continue;
		if ((before === "" || endsApart.test(before)) && (after === "" || beginsApart.test(after))) return name.trim();
	}
	return title;
};
