import { limits } from "../limits.ts";

/**
 * An absolute http(s) address, or null. Everything else a page may offer (`javascript:`, `data:`, `file:`, credentials in
 * the address) is no address to save.
 */
export const httpUrl = (raw: string, base: string): string | null => {
	const trimmed = raw.trim();
	if (trimmed === "" || trimmed.length > limits.urlChars) return null;
	const parsed = URL.parse(trimmed, base);
	if (parsed === null || (parsed.protocol !== "http:" && parsed.protocol !== "https:")) return null;
	parsed.username = "";
	parsed.password = "";
	return parsed.href.length > limits.urlChars ? null : parsed.href;
};

/** An absolute http(s) address as `httpUrl` gives it, of a length that can be sent. */
export const isWebAddress = (address: string): boolean =>
	address.length <= limits.urlChars && /^https?:\/\/[^/]/i.test(address) && URL.canParse(address);

/** Without a fragment that is too long to be sent: some pages keep their whole content there, and are found without it. */
export const withoutLongFragment = (address: string): string =>
	address.length <= limits.urlChars ? address : (address.split("#")[0] ?? address);

/** The last two labels of a host name: near enough to tell one site from another when judging a canonical link. */
const site = (host: string): string => host.split(".").slice(-2).join(".");

/** Whether both addresses are of the same site (`m.shop.example` and `www.shop.example` are). */
export const sameSite = (one: string, other: string): boolean => {
	const [a, b] = [URL.parse(one), URL.parse(other)];
	if (a === null || b === null) return false;
	return a.hostname === b.hostname || (/[a-z]$/.test(a.hostname) && site(a.hostname) === site(b.hostname));
};

/** The host as a person names the site; empty for an address without one. */
export const siteOf = (address: string): string => (URL.parse(address)?.hostname ?? "").replace(/^www\./, "");

/** The last path segment as words, for an image or a file that has no other name. */
export const nameFromUrl = (address: string): string => {
	const path = URL.parse(address)?.pathname ?? "";
	const last = path.split("/").filter(Boolean).at(-1) ?? "";
	try {
		return decodeURIComponent(last);
	} catch {
		return last;
	}
};

/** The country (ISO 3166) that an address is of by its top-level domain, or null: `.com` and `.io` are of none. */
export const countryOf = (address: string): string | null => {
	const labels = (URL.parse(address)?.hostname ?? "").toLowerCase().split(".");
	const last = labels.at(-1) ?? "";
	// Sold to everybody for what they look like.
	if (!/^[a-z]{2}$/.test(last) || /^(?:io|co|ai|tv|me|fm|ly|gg|to|sh|cc|ws|eu)$/.test(last)) return null;
	return last === "uk" ? "GB" : last.toUpperCase();
};
