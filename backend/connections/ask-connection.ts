import type { Connector, ConnectorCall, ConnectorResult } from "../connectors/connector.ts";
import { SheafError } from "../errors.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { askProvider, connectorOf, providerUnknown } from "./ask-provider.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { type FreshCredential, freshCredential, type Place } from "./fresh-credential.ts";
import { markRevoked } from "./standing.ts";

type AskDeps = Omit<ConnectionDeps, "database"> & {
	database: Pick<ConnectionDeps["database"], "asTenant" | "asService">;
};

type Ask<Value> = (call: ConnectorCall, connector: Connector) => Promise<ConnectorResult<Value>>;

/** A person waits, and a renewal may have to come first. */
const patienceMs = 60_000;

/**
 * Asks the provider as a stored connection, with a credential that is renewed when it is about to end or has just been refused, and
 * once only. A refusal that stands pauses the targets like a failed delivery would.
 *
 * @param place of a connection that whoever asks may see: this does not check it
 * @throws SheafError `connections/disconnected`
 */
export async function askConnection<Value>(
	deps: AskDeps,
	place: Place & { containerId?: string },
	ask: Ask<Value>,
): Promise<ConnectorResult<Value>> {
	const signal = AbortSignal.timeout(patienceMs);
	let fresh = await freshCredential(deps, place, { signal });
	for (let again = false; ; again = true) {
		if (fresh.kind !== "open") return failureOf(fresh);
		const { credential, credentialJwe, provider } = fresh;
		const connector = connectorOf(deps, provider);
		const { workspaceId, connectionId, containerId = "" } = place;
		const asked = { connector, credential, connectionId, workspaceId, containerId };
		const result = await askProvider(deps, asked, (call) => ask(call, connector));
		if (result.kind !== "reconnect") return result;
		const next = again ? null : await freshCredential(deps, place, { refused: credentialJwe, signal });
		if (next?.kind === "open" || next?.kind === "later") {
			fresh = next;
			continue;
		}
		const problem = { code: result.reason, message: result.message, action: "reconnect" as const };
		await deps.database.asTenant(workerOf(workspaceId), (sql) =>
			markRevoked(sql, { connectionId, credentialJwe, problem }),
		);
		return result;
	}
}

function failureOf<Value>(fresh: Exclude<FreshCredential, { kind: "open" }>): ConnectorResult<Value> {
	if (fresh.kind === "later") return fresh;
	if (fresh.kind === "unknown") throw providerUnknown();
	if (fresh.kind === "gone")
		throw new SheafError("connections/disconnected", "This account is disconnected. Reconnect it first.");
	return { kind: "reconnect", reason: "connections/credential-refused", message: fresh.problem.message };
}
