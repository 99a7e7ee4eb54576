import type { AsIdentity } from "../db/as-identity.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { keyIdOf, type Vault } from "./vault.ts";

/** Every column that holds envelopes. A new one is added here, or the old key can never be dropped. */
export const sealedColumns = {
	identity: [
		{ table: "signing_keys", column: "private_jwe" },
		{ table: "device_keys", column: "key_jwe" },
		{ table: "user_accounts", column: "grant_jwe" },
		{ table: "connection_flows", column: "answer_jwe" },
	],
	tenant: [
		{ table: "connections", column: "credential_jwe" },
		{ table: "event_hooks", column: "address_jwe" },
		{ table: "target_triggers", column: "secret_jwe" },
		{ table: "watches", column: "secret_jwe" },
	],
} as const satisfies Record<string, readonly SealedColumn[]>;

type SealedColumn = { table: string; column: string };

export type RotateDeps = {
	database: { asTenant: AsTenant; asIdentity: AsIdentity };
	vault: Vault;
	/** The master key that everything is to be under: the first one, which seals. */
	kid: string;
	/** Told after each batch: where, and how many envelopes were moved there. */
	onProgress?: (table: string, moved: number) => void;
};

const batchSize = 200;
const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * Moves everything that the vault ever sealed under the present master key, while Sheaf runs: each envelope is opened and sealed
 * anew outside of any transaction, and replaced only if it is still the same then. May be cut off anywhere and begun again: what is
 * under the key already is passed over.
 *
 * @returns how many envelopes were moved, by table
 * @throws VaultError when an envelope is under a key that is not configured
 */
export async function rotateEnvelopes(deps: RotateDeps): Promise<Map<string, number>> {
	const moved = new Map<string, number>();
	const count = (table: string, more: number) => {
		moved.set(table, (moved.get(table) ?? 0) + more);
		if (more > 0) deps.onProgress?.(table, more);
	};
	for (const place of sealedColumns.identity) {
		await moveColumn(deps, { place, within: (work) => deps.database.asIdentity(work), count });
	}
	for (let last = nobody; ; ) {
		const ids = await workspacesAfter(deps, last);
		for (const id of ids) await moveWorkspace(deps, id, count);
		const next = ids.at(-1);
		if (next === undefined) return moved;
		last = next;
	}
}

async function workspacesAfter({ database }: RotateDeps, last: string): Promise<string[]> {
	const rows = await database.asIdentity(
		(sql) => sql<{ id: string }[]>`select id from sheaf.workspaces where id > ${last} order by id limit ${batchSize}`,
	);
	return rows.map(({ id }) => id);
}

type Count = (table: string, more: number) => void;

async function moveWorkspace(deps: RotateDeps, workspaceId: string, count: Count): Promise<void> {
	const worker: Principal = { userId: nobody, workspaceId, role: "worker", sessionId: null, deviceId: null };
	for (const place of sealedColumns.tenant) {
		await moveColumn(deps, { place, within: (work) => deps.database.asTenant(worker, work), count });
	}
}

type Within = <Result>(work: (sql: Transaction) => Promise<Result>) => Promise<Result>;

async function moveColumn(
	{ vault, kid }: RotateDeps,
	{ place, within, count }: { place: SealedColumn; within: Within; count: Count },
): Promise<void> {
	for (let last = ""; ; ) {
		const batch = await within((sql) => envelopesAfter(sql, place, last));
		const next = batch.at(-1);
		if (next === undefined) return;
		const old = batch.filter((envelope) => keyIdOf(envelope) !== kid);
		const pairs = await Promise.all(
			old.map(async (before) => ({ before, after: await vault.seal(await vault.open(before)) })),
		);
		if (pairs.length > 0) count(place.table, await within((sql) => replace(sql, place, { pairs, kid })));
		last = next;
	}
}

/** Envelopes are random, so that they are their own order; one made meanwhile is under the present key anyway. */
async function envelopesAfter(sql: Transaction, { table, column }: SealedColumn, last: string): Promise<string[]> {
	const rows = await sql<{ envelope: string }[]>`
		select ${sql(column)} as envelope from sheaf.${sql(table)}
		where ${sql(column)} > ${last} collate "C" order by ${sql(column)} collate "C" limit ${batchSize}`;
	return rows.map(({ envelope }) => envelope);
}

async function replace(
	sql: Transaction,
	{ table, column }: SealedColumn,
	{ pairs, kid }: { pairs: readonly { before: string; after: string }[]; kid: string },
): Promise<number> {
	const noted = table === "connections" ? sql`, credential_kid = ${kid}` : sql``;
	const replaced = await sql`
		update sheaf.${sql(table)} t set ${sql(column)} = p.after ${noted}
		from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as p(before text, after text)
		where t.${sql(column)} = p.before`;
	return replaced.count;
}
