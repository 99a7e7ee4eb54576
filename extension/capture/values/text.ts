import { limits } from "../limits.ts";

const named: Record<string, string> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	nbsp: " ",
	hellip: "…",
	ndash: "–",
	mdash: "—",
	lsquo: "‘",
	rsquo: "’",
	ldquo: "“",
	rdquo: "”",
	laquo: "«",
	raquo: "»",
	bull: "•",
	middot: "·",
	times: "×",
	deg: "°",
	euro: "€",
	pound: "£",
	yen: "¥",
	cent: "¢",
	copy: "©",
	reg: "®",
	trade: "™",
	eacute: "é",
	egrave: "è",
	agrave: "à",
	ccedil: "ç",
	auml: "ä",
	ouml: "ö",
	uuml: "ü",
	Auml: "Ä",
	Ouml: "Ö",
	Uuml: "Ü",
	szlig: "ß",
	ntilde: "ñ",
};

const decodeEntity = (whole: string, body: string): string => {
	if (!body.startsWith("#")) return Object.hasOwn(named, body) ? (named[body] ?? whole) : whole;
	const hex = body[1] === "x" || body[1] === "X";
	const code = Number.parseInt(body.slice(hex ? 2 : 1), hex ? 16 : 10);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
};

/** Decodes the character references that structured data carries twice encoded (`Fish &amp; chips`). Once, not repeatedly. */
export const decodeEntities = (text: string): string =>
	text.replace(/&(#[xX]?[0-9a-fA-F]{1,7}|[a-zA-Z]{2,8});/g, decodeEntity);

/**
 * Drops what no store takes: NUL and other control characters (PostgreSQL refuses NUL) and lone surrogates; and what sets
 * the text around it in another direction, which makes an address read as another one. The marks and joiners that Arabic,
 * Persian and Hebrew are written with stay.
 */
export const wellFormed = (text: string): string =>
	text.replace(/(?![\n\r\t])[\p{Cc}\p{Surrogate}\ufeff\u202a-\u202e\u2066-\u2069]/gu, "");

/** Cuts to `maxChars` UTF-16 units without splitting a surrogate pair. */
export const cut = (text: string, maxChars: number): string => {
	if (text.length <= maxChars) return text;
	const last = text.charCodeAt(maxChars - 1);
	return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxChars - 1 : maxChars);
};

/** One line of plain text: cleaned, white space collapsed, cut. Empty when nothing is left. */
export const cleanLine = (raw: string, maxChars: number = limits.textChars): string =>
	cut(wellFormed(cut(raw, limits.rawChars)).replace(/\s+/g, " ").trim(), maxChars).trimEnd();

/** Plain text that keeps its line breaks (at most one empty line in a row). */
export const cleanText = (raw: string, maxChars: number = limits.textChars): string => {
	const lines = wellFormed(cut(raw, limits.rawChars)).split(/\r\n|\r|\n/);
	const tidy = lines.map((line) => line.replace(/[^\S\n]+/g, " ").trim()).join("\n");
	return cut(tidy.replace(/\n{3,}/g, "\n\n").trim(), maxChars).trimEnd();
};

/**
 * Without scripts and styles. An opening without its end is left to the next step, and ends the search: looking for the end
 * of each of thousands would take seconds.
 */
const withoutCode = (text: string): string => {
	const kept: string[] = [];
	let from = 0;
	for (const { 0: opening, 1: tag = "", index } of text.matchAll(/<(script|style)\b[^<>]{0,2000}>/gi)) {
		if (index < from) continue;
		const closing = new RegExp(`</${tag}>`, "gi");
		closing.lastIndex = index + opening.length;
		if (closing.exec(text) === null) break;
		kept.push(text.slice(from, index));
		from = closing.lastIndex;
	}
	return kept.join("") + text.slice(from);
};

/**
 * Text out of a value that may hold markup, as JSON-LD descriptions often do. The tags are dropped by pattern, nothing
 * is parsed: the result is text and only ever shown as text (CAP-6).
 */
export const plainText = (raw: string, maxChars: number = limits.textChars): string => {
	const bounded = cut(raw, limits.rawChars);
	const decoded = decodeEntities(bounded);
	const withBreaks = withoutCode(decoded).replace(/<(?:br|\/p|\/li|\/div|\/h[1-6])\b[^<>]{0,200}>/gi, "\n");
	return cleanText(withBreaks.replace(/<\/?[a-zA-Z][^<>]{0,2000}>/g, ""), maxChars);
};
