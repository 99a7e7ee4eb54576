import { askAddress } from "../ask-address.ts";
import type { ConnectorCall, ConnectorResult, Identity } from "../connector.ts";
import { settingsOf, unusable } from "./settings.ts";

/**
 * Asks whether somebody is there; sends no record and sets nothing off. There are no accounts: whatever address the person gives
 * takes the place of the one before.
 */
export async function identify(call: ConnectorCall): Promise<ConnectorResult<Identity>> {
	const found = settingsOf(call);
	if (!found.ok) return unusable(found.message);
	const { address } = found.settings;
	const wrong = await askAddress(call.http, address, call.signal);
	if (wrong !== null) return { kind: "refused", reason: "connections/address-refused", message: wrong };
	const { host, pathname } = new URL(address);
	// A query may hold a key of the receiver's, so the account is called by the rest.
	const label = `${host}${pathname}`.slice(0, 200);
	return { kind: "ok", value: { accountId: "webhook", label, scopes: [], missingScopes: [] } };
}
