import { limits } from "../limits.ts";
import { cleanLine } from "../values/text.ts";

/** The document's meta elements by lower-case `property`, `name` or `itemprop`-less `http-equiv`; values in order. */
export type Meta = ReadonlyMap<string, readonly string[]>;

export const readMeta = (document: Document): Meta => {
	const meta = new Map<string, string[]>();
	for (const element of Array.from(document.querySelectorAll("meta[content]")).slice(0, limits.metaTags)) {
		const name = element.getAttribute("property") ?? element.getAttribute("name");
		const content = cleanLine(element.getAttribute("content") ?? "");
		if (name === null || content === "") continue;
		const keys = name.slice(0, 500).toLowerCase().split(/\s+/);
		for (const key of new Set(keys)) meta.set(key, [...(meta.get(key) ?? []), content]);
	}
	return meta;
};

/** The first content of the first of these names that has one; empty when none has. */
export const metaOf = (meta: Meta, ...names: string[]): string => {
	for (const name of names) {
		const content = meta.get(name)?.[0];
		if (content !== undefined) return content;
	}
	return "";
};
