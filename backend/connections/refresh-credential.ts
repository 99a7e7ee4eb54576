import type { Connector } from "../connectors/connector.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { metrics } from "../telemetry/metrics.ts";
import type { CredentialDeps, CredentialRow, Place } from "./fresh-credential.ts";
import { refreshTokens, type TokenResult } from "./oauth/provider-tokens.ts";
import { markRevoked } from "./standing.ts";
import { storedCredential, valuesOf } from "./stored-credential.ts";

/** Longer than the provider may take to answer (`provider-fetch.ts`) and the store to write; after that the holder is gone. */
const leaseSeconds = 45;
/** After a try that got nowhere; a provider may take offence at more (Airtable: ten wrong ones a second). */
const restSeconds = 15;
const busyRestSeconds = 1;

/** `done`: read the row again. `not_now`: somebody else is at it, or it rests. */
export type Refreshed = "done" | "not_now";

/**
 * Renews the access of one connection, if nobody else does. One at a time over all workers (ACC-3): who changes the row's lease
 * holds it, and the network is awaited outside of any transaction. The new pair is stored before anybody uses it, under the lease
 * and over the very envelope that was renewed.
 */
export async function refreshCredential(
	deps: CredentialDeps,
	place: Place,
	{ row, connector, values }: { row: CredentialRow; connector: Connector; values: Readonly<Record<string, string>> },
): Promise<Refreshed> {
	const { oauth } = connector.manifest;
	const { refreshToken } = values;
	if (oauth === undefined || refreshToken === undefined) return "not_now";
	const lease = await takeLease(deps, place, row.credentialJwe);
	if (lease === null) return "not_now";
	const result = await refreshTokens({ http: deps.http, oauth }, refreshToken);
	const held = { ...lease, credentialJwe: row.credentialJwe, title: connector.manifest.title };
	metrics.count("sheaf_refreshes_total", { kind: "connection", outcome: figureOf[result.kind] });
	if (result.kind !== "tokens") return await noteRefused(deps, place, { held, result });
	const next = await storedCredential(deps.vault, valuesOf(result.tokens), result.tokens);
	await deps.database.asTenant(
		workerOf(place.workspaceId),
		(sql) => sql`
			update sheaf.connections
			set credential_jwe = ${next.sealed}, credential_kid = ${next.kid}, refresh_lease = null, refresh_lease_until = null,
				refresh_sent_at = null, refresh_at = now() + make_interval(secs => ${next.refreshIn}),
				expires_at = now() + make_interval(secs => ${next.expiresIn}), updated_at = now()
			where workspace_id = sheaf.current_workspace() and id = ${place.connectionId}
				and credential_jwe is not null and refresh_lease = ${lease.id}`,
	);
	return "done";
}

/** `unheard`: an earlier renewal was sent and its answer never came. */
type Lease = { id: string; unheard: boolean };

async function takeLease(deps: CredentialDeps, place: Place, credentialJwe: string): Promise<Lease | null> {
	const id = crypto.randomUUID();
	const [taken] = await deps.database.asTenant(
		workerOf(place.workspaceId),
		(sql) => sql<{ unheard: boolean }[]>`
			update sheaf.connections c
			set refresh_lease = ${id}, refresh_lease_until = now() + make_interval(secs => ${leaseSeconds}),
				refresh_sent_at = now()
			where c.workspace_id = sheaf.current_workspace() and c.id = ${place.connectionId}
				and c.credential_jwe = ${credentialJwe} and (c.refresh_lease_until is null or c.refresh_lease_until < now())
			returning old.refresh_sent_at is not null as unheard`,
	);
	return taken === undefined ? null : { id, unheard: taken.unheard };
}

/** As `/metrics` counts them: a refusal ends the access, the rest is tried again. */
const figureOf: Readonly<Record<TokenResult["kind"], string>> = {
	tokens: "ok",
	refused: "refused",
	busy: "failed",
	unanswered: "failed",
};

type Held = Lease & { credentialJwe: string; title: string };
type Refusal = Exclude<TokenResult, { kind: "tokens" }>;

async function noteRefused(
	{ database, log }: CredentialDeps,
	{ workspaceId, connectionId }: Place,
	{ held, result }: { held: Held; result: Refusal },
): Promise<Refreshed> {
	const { id, unheard, credentialJwe, title } = held;
	if (result.kind === "refused") {
		const message = unheard ? lostWords(title) : refusedWords(title);
		const problem = { code: "connections/credential-refused", message, action: "reconnect" as const };
		const status = unheard ? "expired" : "revoked";
		await database.asTenant(workerOf(workspaceId), (sql) =>
			markRevoked(sql, { connectionId, credentialJwe, problem, status }),
		);
		return "done";
	}
	const seconds = result.kind === "busy" ? busyRestSeconds : restSeconds;
	// What was not answered may have been done; an earlier one that was not stays so too.
	const stillUnheard = unheard || (result.kind === "unanswered" && result.mayHaveActed);
	if (result.kind === "unanswered") log.warn({ connectionId, reason: result.reason }, "an access was not renewed");
	await database.asTenant(
		workerOf(workspaceId),
		(sql) => sql`
			update sheaf.connections
			set refresh_lease = null, refresh_lease_until = now() + make_interval(secs => ${seconds}),
				refresh_sent_at = case when ${stillUnheard} then refresh_sent_at end
			where workspace_id = sheaf.current_workspace() and id = ${connectionId} and refresh_lease = ${id}`,
	);
	return "not_now";
}

function refusedWords(title: string): string {
	return `${title} no longer gives Sheaf access to this account. Reconnect it; the records wait until then.`;
}

/** The truth about a renewal that the provider made and whose answer was lost on the way: nobody took anything back. */
function lostWords(title: string): string {
	return `Renewing the access to ${title} was cut off half-way, so it ended. Reconnect it; the records wait until then.`;
}
