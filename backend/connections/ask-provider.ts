import type { Connector, ConnectorCall, ConnectorFailure, ConnectorResult, Identity } from "../connectors/connector.ts";
import { SheafError } from "../errors.ts";
import type { ConnectionDeps } from "./connection-deps.ts";

/** A person waits for the answer: longer than the slowest listing of bases, shorter than their patience. */
const patienceMs = 45_000;

/** A call to a connector with the credential's plain values, which live as long as the call does. */
export function callWith(
	deps: Pick<ConnectionDeps, "http">,
	credential: Readonly<Record<string, string>>,
): ConnectorCall {
	return { credential, http: deps.http, signal: AbortSignal.timeout(patienceMs) };
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
export async function identify(
	deps: Pick<ConnectionDeps, "http">,
	connector: Connector,
	credential: Readonly<Record<string, string>>,
): Promise<Identity> {
	const identity = valueOf(await connector.identify(callWith(deps, credential)));
	if (identity.missingScopes.length === 0) return identity;
	const names = identity.missingScopes.join(", ");
	throw new SheafError("connections/scope-missing", `This token lacks: ${names}. Add them to it, then try again.`, {
		details: { missing: identity.missingScopes },
	});
}

/** @throws SheafError `connections/provider-unknown` */
export function connectorOf({ connectors }: Pick<ConnectionDeps, "connectors">, provider: string): Connector {
	const connector = connectors.get(provider);
	if (connector !== undefined) return connector;
	throw new SheafError("connections/provider-unknown", "Sheaf does not know this provider.");
}

/**
 * The values of a connector's form, all of them and no others, trimmed: a pasted token often brings a line end along.
 *
 * @throws SheafError `connections/settings-invalid` naming what is missing, or what it takes
 */
export function formValues(connector: Connector, sent: Readonly<Record<string, string>> = {}): Record<string, string> {
	const { form, title } = connector.manifest;
	const names = form.map(({ name }) => name);
	// Not repeated by name: a secret that was put in the wrong place may be one.
	const takesAll = Object.keys(sent).every((name) => names.includes(name));
	const missing = form.filter(({ name }) => (sent[name] ?? "").trim() === "").map(({ label }) => label);
	if (!takesAll || missing.length > 0) {
		const message =
			missing.length > 0
				? `${title} needs: ${missing.join(", ")}.`
				: `${title} takes ${names.length === 0 ? "no settings" : `only: ${names.join(", ")}`}.`;
		throw new SheafError("connections/settings-invalid", message, { details: { missing, takes: names } });
	}
	return Object.fromEntries(names.map((name) => [name, (sent[name] ?? "").trim()]));
}
