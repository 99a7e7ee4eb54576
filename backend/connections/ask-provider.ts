import type {
	ConnectionWay,
	Connector,
	ConnectorCall,
	ConnectorFailure,
	ConnectorResult,
	Identity,
} from "../connectors/connector.ts";
import { SheafError } from "../errors.ts";
import { blockScope } from "../sync/budget.ts";
import { doorsOf, paceDoors } from "../sync/paced-http.ts";
import type { ConnectionDeps } from "./connection-deps.ts";

/** A person waits for the answer: longer than the slowest listing of bases, shorter than their patience. */
const patienceMs = 45_000;

/** Whose provider is asked, and as what. A connection that is not stored yet has the id it will have. */
export type Asked = {
	connector: Connector;
	credential: Readonly<Record<string, string>>;
	connectionId: string;
	workspaceId: string;
};

type AskDeps = Pick<ConnectionDeps, "http" | "dial" | "files"> & {
	database: Pick<ConnectionDeps["database"], "asService">;
};

/**
 * One call of a connector with the credential's plain values, which live as long as the call does. Each of its requests waits for
 * its turn beside the deliveries' (SYNC-4), in the container's budget scope or, without one, in the account's.
 */
export async function askProvider<Value>(
	{ database, http, dial, files }: AskDeps,
	{ connector, credential, connectionId, workspaceId, containerId = "" }: Asked & { containerId?: string },
	ask: (call: ConnectorCall) => Promise<ConnectorResult<Value>>,
): Promise<ConnectorResult<Value>> {
	const { title, limits, budgetScope, kindOf, readsFiles } = connector.manifest;
	const scope = budgetScope({ containerId, connectionId });
	const asking = { scope, requestsPerSecond: limits.requestsPerSecond, party: `asked for ${connectionId}`, kindOf };
	const { doors, heldBack } = paceDoors(database.asService, asking, doorsOf(connector.manifest, { http, dial }));
	const read = readsFiles === true && files !== undefined ? { files: files(workspaceId) } : {};
	const result = await ask({ credential, signal: AbortSignal.timeout(patienceMs), ...doors, ...read });
	const held = heldBack();
	if (held !== null && result.kind !== "ok") return busy(title, held.forMs);
	if (result.kind === "later" && result.countsAgainstBudget) {
		await blockScope(database.asService, scope, result.afterMs);
	}
	return result;
}

function busy(title: string, forMs: number): ConnectorFailure {
	const message = `${title} is busy. Try again in ${Math.max(1, Math.ceil(forMs / 1_000))} s.`;
	return { kind: "later", afterMs: forMs, reason: "connections/provider-busy", message, countsAgainstBudget: false };
}

/** @throws SheafError with the connector's reason and sentence, and when to ask again if it said so */
export function valueOf<Value>(result: ConnectorResult<Value>): Value {
	if (result.kind === "ok") return result.value;
	throw failureError(result);
}

function failureError(failure: ConnectorFailure): SheafError {
	if (failure.kind !== "later") return new SheafError(failure.reason, failure.message);
	const retryAfterSeconds = Math.max(1, Math.ceil(failure.afterMs / 1_000));
	return new SheafError(failure.reason, failure.message, { details: { retryAfterSeconds } });
}

/**
 * Asks the provider whose credential this is and what it may do.
 *
 * @throws SheafError `connections/scope-missing` naming the scopes, `connections/credential-refused`, or that the provider is busy or
 *   cannot be reached
 */
export async function identify(deps: AskDeps, asked: Asked & { way?: ConnectionWay }): Promise<Identity> {
	const identity = valueOf(await askProvider(deps, asked, (call) => asked.connector.identify(call)));
	if (identity.missingScopes.length === 0) return identity;
	const names = identity.missingScopes.join(", ");
	const message =
		asked.way === "oauth"
			? `${asked.connector.manifest.title} did not allow everything that Sheaf needs (${names}). Connect again and leave all of it allowed.`
			: `This token lacks: ${names}. Add them to it, then try again.`;
	throw new SheafError("connections/scope-missing", message, { details: { missing: identity.missingScopes } });
}

/** @throws SheafError `connections/provider-unknown` */
export function connectorOf({ connectors }: Pick<ConnectionDeps, "connectors">, provider: string): Connector {
	const connector = connectors.get(provider);
	if (connector !== undefined) return connector;
	throw providerUnknown();
}

export function providerUnknown(): SheafError {
	return new SheafError("connections/provider-unknown", "Sheaf does not know this provider.");
}
