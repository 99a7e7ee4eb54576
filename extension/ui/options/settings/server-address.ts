export type ServerAddressProblem = "not-an-address" | "insecure" | "has-path";
export type ServerAddress = { ok: true; url: string } | { ok: false; problem: ServerAddressProblem };

const ownMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads what a self-hoster typed: an origin without a path, over https unless it is this machine (tokens would cross the
 * network in clear otherwise). @returns the origin without a trailing slash.
 */
export function readServerAddress(text: string): ServerAddress {
	const url = URL.parse(text.trim());
	if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return { ok: false, problem: "not-an-address" };
	if (url.protocol === "http:" && !ownMachine.test(url.hostname)) return { ok: false, problem: "insecure" };
	if (url.pathname !== "/" || url.search || url.hash || url.username) return { ok: false, problem: "has-path" };
	return { ok: true, url: url.origin };
}
