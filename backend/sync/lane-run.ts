import { freshCredential } from "../connections/fresh-credential.ts";
import type { Connector, ConnectorFailure } from "../connectors/connector.ts";
import { type Lane, parseLane } from "../targets/lane.ts";
import type { EngineDeps } from "./engine-deps.ts";
import { KeyGate } from "./key-gate.ts";

/** One execution of a lane's job: what its parallel deliveries share. */
export type LaneRun = {
	deps: EngineDeps;
	workspaceId: string;
	laneText: string;
	lane: Lane;
	/** Names this run as the holder of its leases. */
	leaseOwner: string;
	connector: Connector;
	credential: Readonly<Record<string, string>>;
	connection: { id: string; credentialJwe: string };
	budgetScope: string;
	gate: KeyGate;
	signal: AbortSignal;
	/** Set when going on now would do no good: the provider is busy or away, or the account or the target is at fault. */
	halted: boolean;
	/** The target served last. */
	lastTargetId: string | null;
	/** When a place was last free to claim something, by `performance.now()`. */
	claimedAt: number;
	/** The target of each batch that is being worked on. */
	working: string[];
};

/**
 * Opens a lane: its connection, connector and a credential that is good for now. Null when there is nothing to do it with (the
 * connection was deleted, its account takes nothing more, or this version of Sheaf has no such connector): its records wait.
 *
 * @throws VaultError when the credential cannot be opened here. That is a wrong configuration of this process: the job fails, and
 *   neither the records nor the connection are blamed for it.
 */
export async function openLane(
	deps: EngineDeps,
	{ workspaceId, lane: laneText }: { workspaceId: string; lane: string },
	signal: AbortSignal,
): Promise<LaneRun | null> {
	const lane = parseLane(laneText);
	if (lane === null) return null;
	const row = await freshCredential(deps, { workspaceId, connectionId: lane.connectionId }, { signal });
	const connector = row.kind === "open" ? deps.connectors.get(row.provider) : undefined;
	if (row.kind === "unknown") {
		deps.log.warn({ workspaceId, lane: laneText, provider: row.provider }, "no such connector: its records wait");
	}
	if (row.kind !== "open" || connector === undefined) return null;
	return {
		deps,
		workspaceId,
		laneText,
		lane,
		leaseOwner: crypto.randomUUID(),
		connector,
		credential: row.credential,
		connection: { id: lane.connectionId, credentialJwe: row.credentialJwe },
		budgetScope: connector.manifest.budgetScope(lane),
		gate: new KeyGate(),
		signal,
		halted: false,
		lastTargetId: null,
		claimedAt: performance.now(),
		working: [],
	};
}

/**
 * The provider refused the envelope that was used: the run goes on with another one, renewed here or by somebody else (ACC-3).
 * Else what stands in the way now; null when the refusal stands.
 */
export async function renewCredential(
	run: LaneRun,
	refused: string,
): Promise<"renewed" | Extract<ConnectorFailure, { kind: "later" }> | null> {
	const { deps, workspaceId, connection, signal } = run;
	const fresh = await freshCredential(deps, { workspaceId, connectionId: connection.id }, { refused, signal });
	if (fresh.kind === "later") return fresh;
	if (fresh.kind !== "open") return null;
	run.credential = fresh.credential;
	run.connection = { id: connection.id, credentialJwe: fresh.credentialJwe };
	return "renewed";
}
