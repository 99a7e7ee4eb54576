import type { Logger } from "pino";
import type { ConnectorFailure, GuardedHttp } from "../connectors/connector.ts";
import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { ConnectionStatus } from "../contract/connections.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { wait } from "../sync/wait.ts";
import type { Vault } from "../vault/vault.ts";
import { refreshCredential } from "./refresh-credential.ts";
import { textValues } from "./stored-credential.ts";

/** What opening and renewing a credential takes. */
export type CredentialDeps = {
	database: { asTenant: AsTenant };
	vault: Pick<Vault, "open" | "seal">;
	connectors: ConnectorRegistry;
	http: GuardedHttp;
	log: Pick<Logger, "warn">;
};

export type Place = { workspaceId: string; connectionId: string };

export type CredentialRow = {
	provider: string;
	status: ConnectionStatus;
	problem: RecordProblem | null;
	credentialJwe: string;
	/** The access is to be renewed now. */
	due: boolean;
};

/**
 * `gone`: there is no such connection, or the person disconnected it. `unknown`: this version of Sheaf has no such connector. `refused`: the provider takes it no more. `later`: the access
 * ended and could not be renewed this moment.
 */
export type FreshCredential =
	| { kind: "open"; provider: string; credential: Readonly<Record<string, string>>; credentialJwe: string }
	| { kind: "gone" }
	| { kind: "unknown"; provider: string }
	| { kind: "refused"; problem: RecordProblem }
	| Extract<ConnectorFailure, { kind: "later" }>;

/** As long as another worker may need to renew it. */
const patienceMs = 20_000;
const lookEveryMs = 150;
const ended = new Set<ConnectionStatus>(["revoked", "expired"]);

/**
 * The credential of a connection as it is good now (ACC-3): one that runs out soon is renewed first. With `refused`, the envelope
 * that the provider has just refused: another one is answered, by renewing or because somebody else has, or none.
 */
export async function freshCredential(
	deps: CredentialDeps,
	place: Place,
	{ refused = null, signal }: { refused?: string | null; signal: AbortSignal },
): Promise<FreshCredential> {
	const until = performance.now() + patienceMs;
	// Compared by what is in it: a rotation of the vault may seal the same values anew meanwhile.
	const worthless = refused === null ? null : JSON.stringify(await deps.vault.open(refused));
	let tried = false;
	for (;;) {
		const row = await readCredential(deps, place);
		if (row === null || row.status === "disconnected") return { kind: "gone" };
		if (ended.has(row.status) && row.problem !== null) return { kind: "refused", problem: row.problem };
		const { provider, credentialJwe } = row;
		const connector = deps.connectors.get(provider);
		if (connector === undefined) return { kind: "unknown", provider };
		const values = textValues(await deps.vault.open(row.credentialJwe));
		const open = { kind: "open", provider, credential: values, credentialJwe } as const;
		const isRefused = JSON.stringify(values) === worthless;
		const renews = connector.manifest.oauth !== undefined && values["refreshToken"] !== undefined;
		if (!isRefused && (!row.due || !renews)) return open;
		if (!renews) return { kind: "refused", problem: endedProblem(connector.manifest.title) };
		const outcome = await refreshCredential(deps, place, { row, connector, values });
		if (outcome === "done") continue;
		// Due ahead of its end and at rest: what there is still works, as a rule.
		if (!isRefused && tried && (await isAtRest(deps, place, credentialJwe))) return open;
		tried = true;
		if (performance.now() > until || signal.aborted) return isRefused ? notNow(connector.manifest.title) : open;
		await wait(lookEveryMs, signal);
	}
}

async function readCredential({ database }: CredentialDeps, place: Place): Promise<CredentialRow | null> {
	const [row] = await database.asTenant(
		workerOf(place.workspaceId),
		(sql) => sql<CredentialRow[]>`
			select provider, status, problem, credential_jwe, coalesce(refresh_at <= now(), false) as due
			from sheaf.connections where workspace_id = sheaf.current_workspace() and id = ${place.connectionId}`,
	);
	return row ?? null;
}

/**
 * Whether this envelope is still the stored one and nobody is renewing it, both seen in one moment: a renewal that ended just now has
 * killed what is in it.
 */
async function isAtRest({ database }: CredentialDeps, place: Place, credentialJwe: string): Promise<boolean> {
	const rows = await database.asTenant(
		workerOf(place.workspaceId),
		(sql) => sql`
			select 1 from sheaf.connections where workspace_id = sheaf.current_workspace() and id = ${place.connectionId}
				and credential_jwe = ${credentialJwe} and (refresh_lease is null or refresh_lease_until <= now())`,
	);
	return rows.length > 0;
}

function endedProblem(title: string): RecordProblem {
	const message = `The access to ${title} has ended. Reconnect the account; the records wait until then.`;
	return { code: "connections/credential-refused", message, action: "reconnect" };
}

function notNow(title: string): Extract<ConnectorFailure, { kind: "later" }> {
	const message = `${title} does not renew the access right now. Sheaf tries again by itself.`;
	return {
		kind: "later",
		afterMs: 15_000,
		reason: "connections/provider-unreachable",
		message,
		countsAgainstBudget: false,
	};
}
