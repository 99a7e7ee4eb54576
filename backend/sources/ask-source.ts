import { askConnection } from "../connections/ask-connection.ts";
import { connectorOf } from "../connections/ask-provider.ts";
import type { ConnectorCall, ConnectorResult } from "../connectors/connector.ts";
import type { Source } from "../connectors/source.ts";
import { SheafError } from "../errors.ts";

type AskDeps = Parameters<typeof askConnection>[0];

export type SourceAt = { workspaceId: string; connectionId: string; containerId: string };

/**
 * Asks a stored connection as a source: paced beside the deliveries, with a credential that is renewed when need be.
 *
 * @throws SheafError `sources/unsupported`, `connections/disconnected`
 */
export async function askSource<Value>(
	deps: AskDeps,
	at: SourceAt,
	ask: (source: Source, call: ConnectorCall) => Promise<ConnectorResult<Value>>,
): Promise<ConnectorResult<Value>> {
	return await askConnection(deps, at, async (call, connector) => {
		if (connector.source === undefined) throw unsupported();
		return await ask(connector.source, call);
	});
}

/** @throws SheafError `sources/unsupported`, `connections/provider-unknown` */
export function sourceOf(deps: Pick<AskDeps, "connectors">, provider: string): Source {
	const { source } = connectorOf(deps, provider);
	if (source === undefined) throw unsupported();
	return source;
}

function unsupported(): SheafError {
	return new SheafError("sources/unsupported", "Rows cannot be chosen from this account.");
}
