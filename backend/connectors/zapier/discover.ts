import type { Table } from "../../contract/connections.ts";
import type { ConnectorFailure, ConnectorResult, Identity } from "../connector.ts";
import { messageTable } from "../message-columns.ts";

/**
 * Nothing is asked of Zapier, here or below: any request starts the Zap, and it answers the same for hooks that were never there.
 * Another Zap's address takes the place of the one before: there is no account behind it that could be compared.
 */
export function identify(address: URL | null): ConnectorResult<Identity> {
	if (address === null) return notZapiers;
	return { kind: "ok", value: { accountId: "zapier", label: "Catch Hook", scopes: [], missingScopes: [] } };
}

export function discover(address: URL | null): ConnectorResult<Table[]> {
	if (address === null) return notZapiers;
	return { kind: "ok", value: [messageTable("Catch Hook", { id: "zap", name: "Zapier" })] };
}

const notZapiers: ConnectorFailure = {
	kind: "reconnect",
	reason: "connections/credential-refused",
	message: "This is not the address of a Catch Hook. Copy it whole from the trigger of your Zap.",
};
