import { browser } from "wxt/browser";

/** What an error may depend on, and nothing that tells browsers of one kind apart. */
export type ThisBrowser = { version: string; browser: "chrome" | "edge" | "firefox" | "other"; major: number };

const brands = [
	["firefox", /\bFirefox\/(\d{1,4})/],
	["edge", /\bEdg\/(\d{1,4})/],
	["chrome", /\bChrome\/(\d{1,4})/],
] as const;

export function thisBrowser(userAgent: string = navigator.userAgent): ThisBrowser {
	const { version } = browser.runtime.getManifest();
	for (const [brand, form] of brands) {
		const [, major] = form.exec(userAgent) ?? [];
		if (major !== undefined) return { version, browser: brand, major: Number(major) };
	}
	return { version, browser: "other", major: 0 };
}
