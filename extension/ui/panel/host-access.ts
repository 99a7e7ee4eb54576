import { browser } from "wxt/browser";

/** The match pattern of everything on an address's site, or null where there is none to ask for. */
export function originOf(url: string): string | null {
	const parsed = URL.parse(url);
	return parsed && /^https?:$/.test(parsed.protocol) ? `${parsed.origin}/*` : null;
}

/** Which of these addresses may be read. */
export async function mayRead(url: string): Promise<boolean> {
	const origin = originOf(url);
	return origin !== null && (await browser.permissions.contains({ origins: [origin] }));
}

/** Asks for sites, by name. Call it in the handler of a press. @returns whether they are all allowed now */
export function askForSites(origins: readonly string[]): Promise<boolean> {
	return browser.permissions.request({ origins: [...origins] }).catch(() => false);
}
