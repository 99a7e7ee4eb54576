import { browser } from "wxt/browser";

/**
 * Firefox keeps for itself what a person lets an extension send, asks them, and lets them take it back among its add-ons (since 140:
 * extensionworkshop.com/documentation/develop/firefox-builtin-data-consent). Diagnostics are its `technicalAndInteraction`, which no extension may
 * require. Other browsers have no such thing: there our own switch is the whole answer.
 */
type DataConsent = { data_collection: ["technicalAndInteraction"] };

const consent = { data_collection: ["technicalAndInteraction"] } satisfies DataConsent as unknown as {
	permissions: [];
};

/** Asks for it, from a press: nothing may be awaited before. */
export async function askDataConsent(): Promise<boolean> {
	return !import.meta.env.FIREFOX || (await browser.permissions.request(consent));
}

export async function hasDataConsent(): Promise<boolean> {
	return !import.meta.env.FIREFOX || (await browser.permissions.contains(consent));
}

/** Switched off here is off there too. */
export async function dropDataConsent(): Promise<void> {
	if (import.meta.env.FIREFOX) await browser.permissions.remove(consent);
}

/** Calls back when it may have been taken back among the browser's add-ons. */
export function onDataConsentTaken(listener: () => void): void {
	if (import.meta.env.FIREFOX) browser.permissions.onRemoved.addListener(listener);
}
