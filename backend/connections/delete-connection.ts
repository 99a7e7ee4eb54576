import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { lockWrites } from "../records/write-lock.ts";
import { pauseSelections } from "../sources/pause-selections.ts";
import { removeTargets } from "../targets/remove-targets.ts";
import { type OpenedThere, takeWatches } from "./close-watches.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { connectionNotFound } from "./read-connections.ts";
import { type Revoked, revokeAtProvider } from "./revoke-at-provider.ts";
import { pauseForDisconnect } from "./standing.ts";

type DeleteDeps = Pick<ConnectionDeps, "vault" | "connectors" | "http" | "log"> & {
	database: Pick<ConnectionDeps["database"], "asTenant">;
};

const disconnectedProblem: RecordProblem = {
	code: "connections/disconnected",
	message: "This account was disconnected. Reconnect it; the records wait until then.",
	action: "reconnect",
};

/**
 * Disconnects an account: its credential is wiped, and the access taken back at the provider where that can be done. With targets or
 * selections the row stays, without any envelope: they keep what was set and pause, and reconnecting brings all of it back. Without it
 * goes. Records are never lost, and rows already at the provider stay there.
 *
 * @param force deletes its targets and selections too: their records are kept as `stored` with no target
 * @returns what became of the access, and where a person takes it back by hand
 * @throws SheafError `connections/not-found`
 */
export async function deleteConnection(
	deps: DeleteDeps,
	principal: Principal,
	{ id, force }: { id: string; force: boolean },
): Promise<Revoked> {
	const wiped = await deps.database.asTenant(principal, (sql) => wipe(sql, principal, { id, force }));
	return await revokeAtProvider(deps, wiped);
}

type WipedRow = { provider: string; credentialJwe: string | null };
type Wiped = WipedRow & { watches: OpenedThere[] };

async function wipe(
	sql: Transaction,
	{ sessionId }: Principal,
	{ id, force }: { id: string; force: boolean },
): Promise<Wiped> {
	await lockWrites(sql);
	const targets = await sql<{ id: string }[]>`
		select id from sheaf.targets where workspace_id = sheaf.current_workspace() and connection_id = ${id}`;
	const [hanging] = await sql`
		select from sheaf.selections where workspace_id = sheaf.current_workspace() and connection_id = ${id} limit 1`;
	const goes = force || (targets.length === 0 && hanging === undefined);
	if (force) await removeTargets(sql, { ids: targets.map((target) => target.id), sessionId });
	const watches = await takeWatches(sql, id);
	const [wiped] = goes ? await deleteRow(sql, id) : await emptyRow(sql, id);
	if (wiped === undefined) throw connectionNotFound();
	if (!goes) {
		await pauseForDisconnect(sql, id, disconnectedProblem);
		await pauseSelections(sql, { connectionId: id }, disconnectedProblem);
	}
	await sql`
		insert into sheaf.audit_log (session_id, action, subject_type, subject_id, outcome)
		values (${sessionId}::uuid, ${goes ? "connection.delete" : "connection.disconnect"}, 'connection', ${id}, 'stored')`;
	return { ...wiped, watches };
}

function deleteRow(sql: Transaction, id: string) {
	return sql<WipedRow[]>`
		delete from sheaf.connections where workspace_id = sheaf.current_workspace() and id = ${id}
		returning provider, credential_jwe`;
}

function emptyRow(sql: Transaction, id: string) {
	return sql<WipedRow[]>`
		update sheaf.connections
		set credential_jwe = null, credential_kid = null, status = 'disconnected', refresh_at = null, expires_at = null,
			refresh_lease = null, refresh_lease_until = null, refresh_sent_at = null, failures = 0, failing_since = null,
			problem = ${JSON.stringify(disconnectedProblem)}::text::jsonb, updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${id}
		returning provider, old.credential_jwe`;
}
