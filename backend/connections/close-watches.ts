import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { Connector, GuardedHttp } from "../connectors/connector.ts";
import type { Transaction } from "../db/connect.ts";
import type { Vault } from "../vault/vault.ts";
import { textValues } from "./stored-credential.ts";

/** Something that was opened at a provider: where, and what it calls it. */
export type OpenedThere = { containerId: string; watchId: string };

/** A provider that does not answer keeps nobody from disconnecting; what is left there runs out by itself. */
const patienceMs = 5_000;

/** Takes a connection's watches out of the database, or those of every connection; what is returned is to be closed at the provider. */
export async function takeWatches(
	sql: Transaction,
	connectionId: string | null,
): Promise<(OpenedThere & { connectionId: string })[]> {
	const rows = await sql<{ connectionId: string; containerId: string; remoteId: string | null }[]>`
		delete from sheaf.watches
		where workspace_id = sheaf.current_workspace() and (${connectionId}::uuid is null or connection_id = ${connectionId}::uuid)
		returning connection_id, container_id, remote_id`;
	return rows.flatMap(({ remoteId, ...place }) => (remoteId === null ? [] : [{ ...place, watchId: remoteId }]));
}

type CloseDeps = { vault: Pick<Vault, "open">; http: GuardedHttp; log: Pick<Logger, "warn"> };

/** Ends them with the credential that is about to be taken back. At once and beside the provider's budget: it is few and the last. */
export async function closeWatches(
	{ vault, http, log }: CloseDeps,
	{
		connector,
		credentialJwe,
		watches,
	}: { connector: Connector; credentialJwe: string; watches: readonly OpenedThere[] },
): Promise<void> {
	const { watch } = connector;
	if (watch?.kind !== "opened" || watches.length === 0) return;
	const ending = new AbortController();
	const closing = async () => {
		const call = { credential: textValues(await vault.open(credentialJwe)), http, signal: ending.signal };
		for (const place of watches) await watch.close(call, place);
	};
	const provider = connector.manifest.id;
	const closed = closing().catch((error: unknown) => log.warn({ err: error, provider }, "a watch was left to run out"));
	await Promise.race([closed, delay(patienceMs, undefined, { ref: false })]);
	ending.abort();
}
