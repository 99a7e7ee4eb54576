import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Transaction } from "../db/connect.ts";
import type { Vault } from "../vault/vault.ts";

export type StoredWatch = {
	id: string;
	connectionId: string;
	provider: string;
	/** Empty for one that is about the whole account. */
	containerId: string;
	state: "waiting" | "open";
	remoteId: string | null;
	cursor: string | null;
	noticed: boolean;
	/** Its end is near. */
	ending: boolean;
	failures: number;
};

const Sealed = Type.Object({ secret: Type.String() });

/** What is under a watch's envelope. */
export async function secretOf(vault: Pick<Vault, "open">, secretJwe: string): Promise<string> {
	const opened = await vault.open(secretJwe);
	if (!Value.Check(Sealed, opened)) throw new Error("A watch's envelope holds something else.");
	return opened.secret;
}

/** While it is being tended, nobody else does so; a killed worker's is tended by another one afterwards. */
const leaseMinutes = 5;

/** Takes a watch whose time has come, with whatever it was told of; null when another worker has it. */
export async function claimWatch(
	sql: Transaction,
	{ id, renewAheadMs }: { id: string; renewAheadMs: number },
): Promise<StoredWatch | null> {
	const [watch] = await sql<StoredWatch[]>`
		update sheaf.watches w set next_at = now() + make_interval(mins => ${leaseMinutes}), noticed = false
		where w.workspace_id = sheaf.current_workspace() and w.id = ${id} and w.next_at <= now()
		returning w.id, w.connection_id, w.provider, w.container_id, w.state, w.remote_id, w.cursor, old.noticed, w.failures,
			coalesce(w.expires_at < now() + ${renewAheadMs} * interval '1 millisecond', false) as ending`;
	return watch ?? null;
}

/** The provider sends notices from now on. `secretJwe` null: they are signed with the operator's own. */
export async function storeOpened(
	sql: Transaction,
	{ id, nextInMs, ...open }: OpenedRow & { id: string; nextInMs: number },
): Promise<void> {
	await sql`
		update sheaf.watches
		set state = 'open', remote_id = ${open.remoteId}, secret_jwe = ${open.secretJwe}, cursor = null, failures = 0,
			expires_at = ${open.expiresAt}::text::timestamptz, next_at = now() + ${nextInMs} * interval '1 millisecond', updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
}

type OpenedRow = { remoteId: string; secretJwe: string | null; expiresAt: string | null };

/** Its end was put off. */
export async function storeRenewed(
	sql: Transaction,
	{ id, expiresAt }: { id: string; expiresAt: string | null },
): Promise<void> {
	await sql`
		update sheaf.watches set expires_at = ${expiresAt}::text::timestamptz, failures = 0, updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
}

/** All is fetched up to here; what it was told of meanwhile is fetched at once. */
export async function rest(sql: Transaction, { id, forMs }: { id: string; forMs: number }): Promise<void> {
	await sql`
		update sheaf.watches
		set next_at = case when noticed then now() else now() + ${forMs} * interval '1 millisecond' end, failures = 0, updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
}

/** It did not work and is tried again then. `state` `waiting`: there is none there, or it is of no use any more. */
export async function storeFailure(
	sql: Transaction,
	{ id, state, forMs }: { id: string; state: StoredWatch["state"]; forMs: number },
): Promise<void> {
	await sql`
		update sheaf.watches
		set state = ${state}, failures = failures + 1, next_at = now() + ${forMs} * interval '1 millisecond',
			noticed = noticed or ${state === "open"}, remote_id = case when ${state} = 'open' then remote_id end,
			secret_jwe = case when ${state} = 'open' then secret_jwe end, cursor = case when ${state} = 'open' then cursor end,
			expires_at = case when ${state} = 'open' then expires_at end, updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${id}`;
}
