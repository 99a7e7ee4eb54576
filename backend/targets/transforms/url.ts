import { became, type StepRule, unread } from "./step-result.ts";
import { maxAddressLength, textOf } from "./text-values.ts";
import { isTracking } from "./tracking-parameters.ts";

/** An address in the form that tells pages apart. */
export const url: StepRule<"url"> = {
	title: "Tidy the address",
	check: () => null,
	apply: (value) => {
		const text = textOf(value)?.trim() ?? "";
		const normal = /\s/.test(text) ? null : normalAddress(text);
		if (normal === null) return unread("is no address");
		if (normal.length > maxAddressLength) return unread("is too long an address");
		if (normal === text) return became(value);
		return became({ type: value.type === "image" ? "image" : "url", value: normal });
	},
};

/**
 * A web address without what follows the visitor, fragment and default port, its host in small letters; null when the text is no address.
 * Addresses that are not of the web (`mailto:`, `ftp:`) are answered as they are. Done twice it changes nothing more.
 */
export function normalAddress(text: string): string | null {
	const parsed = URL.parse(text);
	if (parsed === null) return null;
	if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return text;
	if (!/^#[/!]/.test(parsed.hash)) parsed.hash = "";
	parsed.search = withoutTracking(parsed.search);
	return parsed.href;
}

/** The parameters that tell pages apart, in their order and spelling. */
function withoutTracking(search: string): string {
	const kept = search
		.slice(1)
		.split("&")
		.filter((pair) => pair !== "" && !isTracking(nameOf(pair)));
	return kept.length === 0 ? "" : `?${kept.join("&")}`;
}

function nameOf(pair: string): string {
	const name = pair.split("=", 1)[0] ?? "";
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
