import type { Located } from "../findings.ts";
import { limits } from "../limits.ts";
import { cleanLine } from "../values/text.ts";

/** The document's meta elements by lower-case `property`, `name`, `http-equiv` or (outside of items) `itemprop`; values in order. */
export type Meta = ReadonlyMap<string, readonly string[]>;

const nameOf = (element: Element): string | null => {
	const name = element.getAttribute("property") ?? element.getAttribute("name") ?? element.getAttribute("http-equiv");
	if (name !== null || element.closest("[itemscope]") !== null) return name;
	const property = element.getAttribute("itemprop");
	return property === null ? null : `itemprop:${property}`;
};

export const readMeta = (document: Document): Meta => {
	const meta = new Map<string, string[]>();
	for (const element of Array.from(document.querySelectorAll("meta[content]")).slice(0, limits.metaTags)) {
		const name = nameOf(element);
		const content = cleanLine(element.getAttribute("content") ?? "");
		if (name === null || content === "") continue;
		const keys = name.slice(0, 500).toLowerCase().split(/\s+/);
		for (const key of new Set(keys)) meta.set(key, [...(meta.get(key) ?? []), content]);
	}
	return meta;
};

/** The same with the name it stands under, or null when none has. */
export const metaAt = (meta: Meta, ...names: string[]): Located<string> | null => {
	for (const name of names) {
		const content = meta.get(name)?.[0];
		if (content !== undefined) return { value: content, path: name };
	}
	return null;
};

/** The first content of the first of these names that has one; empty when none has. */
export const metaOf = (meta: Meta, ...names: string[]): string => {
	for (const name of names) {
		const content = meta.get(name)?.[0];
		if (content !== undefined) return content;
	}
	return "";
};
