import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import type { TransactionSql } from "postgres";
import type { Database } from "../db/connect.ts";
import type { Vault } from "../vault/vault.ts";
import { fromNow } from "./context.ts";

/** A key signs for about this long; then the next one is made by whoever notices first. */
export const keySeconds = 90 * 86_400;
/**
 * How long a key is published before it signs. Verifiers keep what `/oauth/jwks` answered for some minutes (jose: ten), and processes of
 * ours for one: all of them know the key by then.
 */
export const overlapSeconds = 3_600;
/** How long a key is published after its last signature. Its tokens live five minutes; the rest is for clocks that differ. */
export const publishedAfterSeconds = 3_600;

/** `retiredAt`: from when it signs no more, which may be in the future; null while no other is to follow it. */
export type KeyRow = { kid: string; publicJwk: JWK; privateJwe: string; createdAt: Date; retiredAt: Date | null };

export type KeyStore = { asIdentity: Database["asIdentity"]; vault: Vault; now: () => number };

/** The key that signs at this moment: the oldest that is not retired. The one that follows it waits behind it. */
export function signingRow(rows: readonly KeyRow[], now: number): KeyRow | undefined {
	return rows.find(({ retiredAt }) => retiredAt === null || retiredAt.getTime() > now);
}

/** All keys that are published, oldest first. Makes the first key, and the next one when the last has grown old. */
export async function readOrRotateKeys(store: KeyStore): Promise<KeyRow[]> {
	const rows = await store.asIdentity((sql) => readKeys(sql, store));
	return isDue(rows, store.now()) ? await store.asIdentity((sql) => addWhenDue(sql, store)) : rows;
}

export type Rotation =
	/** `signsAt`: when the new key takes over; at once when there was none before it. */
	| { kind: "rotated"; kid: string; signsAt: Date }
	/** A new key is published already and does not sign yet: a third one would only cut its overlap short. */
	| { kind: "under-way"; kid: string; signsAt: Date };

/** Publishes a new key, which takes over after the overlap, whatever the age of the present one. */
export async function rotateKeys(store: KeyStore): Promise<Rotation> {
	return await store.asIdentity(async (sql) => {
		await lockKeys(sql);
		const rows = await readKeys(sql, store);
		const signing = signingRow(rows, store.now());
		const [next] = rows.filter(({ retiredAt }) => retiredAt === null);
		if (next && signing?.retiredAt) return { kind: "under-way", kid: next.kid, signsAt: signing.retiredAt };
		const { kid, createdAt } = await addKey(sql, store);
		return { kind: "rotated", kid, signsAt: signing ? fromNow(store, overlapSeconds) : createdAt };
	});
}

/**
 * For a key that somebody else may have: every key is forgotten and a new one signs at once. Within a minute all processes refuse what
 * the old ones signed, and clients refresh.
 */
export async function replaceKeys(store: KeyStore): Promise<Rotation> {
	return await store.asIdentity(async (sql) => {
		await lockKeys(sql);
		await sql`delete from sheaf.signing_keys`;
		const { kid, createdAt } = await addKey(sql, store);
		return { kind: "rotated", kid, signsAt: createdAt };
	});
}

function isDue(rows: readonly KeyRow[], now: number): boolean {
	const newest = rows.findLast(({ retiredAt }) => retiredAt === null);
	return newest === undefined || newest.createdAt.getTime() + keySeconds * 1_000 <= now;
}

async function addWhenDue(sql: TransactionSql, store: KeyStore): Promise<KeyRow[]> {
	// Processes that notice at once must not make a key each: the second waits here and then finds the first's.
	await lockKeys(sql);
	const rows = await readKeys(sql, store);
	if (!isDue(rows, store.now())) return rows;
	await addKey(sql, store);
	return await readKeys(sql, store);
}

/** Until the end of the transaction. */
async function lockKeys(sql: TransactionSql): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('sheaf.signing_keys', 0))`;
}

async function readKeys(sql: TransactionSql, store: KeyStore): Promise<KeyRow[]> {
	return await sql<KeyRow[]>`
		select kid, public_jwk, private_jwe, created_at, retired_at from sheaf.signing_keys
		where retired_at is null or retired_at > ${fromNow(store, -publishedAfterSeconds)}
		order by created_at, kid`;
}

async function addKey(sql: TransactionSql, store: KeyStore): Promise<KeyRow> {
	const pair = await generateKeyPair("ES256", { extractable: true });
	const bare = await exportJWK(pair.publicKey);
	const kid = await calculateJwkThumbprint(bare);
	const publicJwk: JWK = { ...bare, kid, alg: "ES256", use: "sig" };
	const privateJwe = await store.vault.seal({ ...(await exportJWK(pair.privateKey)), alg: "ES256" });
	const createdAt = new Date(store.now());
	await sql`
		update sheaf.signing_keys set retired_at = ${fromNow(store, overlapSeconds)} where retired_at is null`;
	await sql`
		insert into sheaf.signing_keys (kid, public_jwk, private_jwe, created_at)
		values (${kid}, ${sql.json({ ...publicJwk })}, ${privateJwe}, ${createdAt})`;
	return { kid, publicJwk, privateJwe, createdAt, retiredAt: null };
}
