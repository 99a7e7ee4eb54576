import { textValues } from "../connections/discover-tables.ts";
import type { Connector } from "../connectors/connector.ts";
import { type Lane, parseLane } from "../targets/lane.ts";
import { type EngineDeps, workerOf } from "./engine-deps.ts";
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
};

/**
 * Opens a lane: its connection, connector and credential. Null when there is nothing to do it with (the connection was deleted, or
 * this version of Sheaf has no such connector), in which case its records wait.
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
	const [row] = await deps.database.asTenant(
		workerOf(workspaceId),
		async (sql) =>
			await sql<{ provider: string; credentialJwe: string }[]>`
			select provider, credential_jwe from sheaf.connections
			where workspace_id = sheaf.current_workspace() and id = ${lane.connectionId} and status <> 'revoked'`,
	);
	if (row === undefined) return null;
	const connector = deps.connectors.get(row.provider);
	if (connector === undefined) {
		deps.log.warn({ workspaceId, lane: laneText, provider: row.provider }, "no such connector: its records wait");
		return null;
	}
	return {
		deps,
		workspaceId,
		laneText,
		lane,
		leaseOwner: crypto.randomUUID(),
		connector,
		credential: textValues(await deps.vault.open(row.credentialJwe)),
		connection: { id: lane.connectionId, credentialJwe: row.credentialJwe },
		budgetScope: connector.manifest.budgetScope(lane),
		gate: new KeyGate(),
		signal,
		halted: false,
		lastTargetId: null,
	};
}
