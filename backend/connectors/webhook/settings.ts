import type { ConnectorCall, ConnectorFailure } from "../connector.ts";
import { isSigningSecret } from "../sign-message.ts";

export type WebhookSettings = { address: string; secret: string };

/** The form's values, or what is wrong with them before anything is asked. */
export function settingsOf({
	credential,
}: Pick<ConnectorCall, "credential">): { ok: true; settings: WebhookSettings } | { ok: false; message: string } {
	const address = (credential["address"] ?? "").trim();
	const secret = (credential["secret"] ?? "").trim();
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
		return { ok: false, message: "This is no web address. Copy it whole, with https in front." };
	}
	if (!isSigningSecret(secret)) {
		return {
			ok: false,
			message:
				"A signing secret is “whsec_” followed by 32 to 88 letters and digits. Take the one your receiver knows.",
		};
	}
	return { ok: true, settings: { address, secret } };
}

/** Told to whoever is connecting. */
export function unusable(message: string): ConnectorFailure {
	return { kind: "reconnect", reason: "connections/credential-refused", message };
}
