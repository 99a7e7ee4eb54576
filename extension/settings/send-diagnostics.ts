import { storage } from "wxt/utils/storage";
import { hasDataConsent } from "./data-consent.ts";
import { account } from "./items.ts";

/**
 * Whose diagnostics go to the server (OBS-3): off until that person switches it on, for them alone, on this device. It goes at sign-out,
 * so that coming back begins with no again.
 */
export const sendDiagnosticsOf = storage.defineItem<string | null>("local:sendDiagnosticsOf", {
	fallback: null,
	version: 1,
});

/** The person whose diagnostics may be sent now; null: nothing is sent. */
export async function sendsDiagnostics(): Promise<string | null> {
	const [allowed, signedIn] = await Promise.all([sendDiagnosticsOf.getValue(), account.getValue()]);
	return allowed !== null && allowed === signedIn?.userId && (await hasDataConsent()) ? allowed : null;
}
