/** Parameters that say how a person came to a page and nothing about which page it is. */
const trackingNames = new Set(
	(
		"fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi " +
		"__hstc __hssc vero_id oly_anon_id oly_enc_id _openstat wickedid s_cid srsltid ref_src ref_url spm scm yptr " +
		"li_fat_id epik _branch_match_id"
	).split(" "),
);

const isTracking = (name: string): boolean => name.startsWith("utm_") || trackingNames.has(name);

/** Removes tracking parameters and leaves the others in their order and their own spelling. */
const withoutTrackingParameters = (search: string): string => {
	const kept = search
		.replace(/^\?/, "")
		.split("&")
		.filter((pair) => pair !== "" && !isTracking((pair.split("=")[0] ?? "").toLowerCase()));
	return kept.length > 0 ? `?${kept.join("&")}` : "";
};

/** The address without fragment and tracking parameters, as it is shown and saved. Client-side routes (`#/`, `#!`) stay. */
export const withoutTracking = (address: string): string => {
	const url = URL.parse(address);
	if (url === null) return address;
	url.search = withoutTrackingParameters(url.search);
	if (!/^#[/!]/.test(url.hash)) url.hash = "";
	return url.href;
};

/**
 * The form in which two addresses of the same page are equal: no fragment, no tracking parameters, no default port, no
 * trailing slash of a path (the root keeps its own), lower-case host. Parameters keep their order: sorting them would
 * join pages that are different. An address that cannot be parsed is returned trimmed.
 */
export const normalUrl = (address: string): string => {
	const url = URL.parse(address.trim());
	if (url === null) return address.trim();
	url.hash = "";
	url.search = withoutTrackingParameters(url.search);
	if (url.pathname.length > 1) url.pathname = url.pathname.replace(/\/+$/, "") || "/";
	return url.href;
};
