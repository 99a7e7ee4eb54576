import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { TransactionSql } from "postgres";
import type { Database } from "../db/connect.ts";
import type { Vault } from "../vault/vault.ts";

/** The keys that sign access tokens: ES256, published by `kid`, the private half sealed by the vault. */
export type SigningKeys = {
	/** The newest key that is not retired; made on first need. */
	current(): Promise<{ kid: string; privateKey: CryptoKey }>;
	/** The public half of a key in use, or retired less than an hour ago (tokens live five minutes); else null. */
	publicKey(kid: string): Promise<CryptoKey | null>;
	/** What `/oauth/jwks` publishes (RFC 7517). */
	publicJwks(): Promise<{ keys: JWK[] }>;
};

type KeyRow = { kid: string; publicJwk: JWK; privateJwe: string; retiredAt: Date | null };
type LoadedKeys = {
	rows: KeyRow[];
	publicKeys: Map<string, CryptoKey>;
	current: { kid: string; privateKey: CryptoKey };
};

/** Another process may have made or retired a key: this long a process may not know of it. */
const reloadAfterMs = 60_000;
/** An unknown `kid` asks the database at most this often, or any stranger's token would be a query. */
const unknownKidPauseMs = 1_000;

export function createSigningKeys({
	asIdentity,
	vault,
}: {
	asIdentity: Database["asIdentity"];
	vault: Vault;
}): SigningKeys {
	let loaded: Promise<LoadedKeys> | undefined;
	let loadedAt = 0;
	const load = (maxAgeMs: number): Promise<LoadedKeys> => {
		if (loaded && performance.now() - loadedAt < maxAgeMs) return loaded;
		const attempt = loadKeys(asIdentity, vault);
		loaded = attempt;
		loadedAt = performance.now();
		// A failed attempt must not be what everybody gets for the next minute.
		attempt.catch(() => {
			if (loaded === attempt) loaded = undefined;
		});
		return attempt;
	};
	return {
		current: async () => (await load(reloadAfterMs)).current,
		publicKey: async (kid) => {
			const known = (await load(reloadAfterMs)).publicKeys.get(kid);
			return known ?? (await load(unknownKidPauseMs)).publicKeys.get(kid) ?? null;
		},
		publicJwks: async () => ({ keys: (await load(reloadAfterMs)).rows.map(({ publicJwk }) => publicJwk) }),
	};
}

async function loadKeys(asIdentity: Database["asIdentity"], vault: Vault): Promise<LoadedKeys> {
	const rows = await asIdentity(async (sql) => {
		const known = await readKeys(sql);
		if (known.some(({ retiredAt }) => retiredAt === null)) return known;
		// Two processes that start together must not make two keys: the second waits here and then finds the first's.
		await sql`select pg_advisory_xact_lock(hashtextextended('sheaf.signing_keys', 0))`;
		const made = await readKeys(sql);
		if (made.some(({ retiredAt }) => retiredAt === null)) return made;
		return [await makeKey(sql, vault), ...made];
	});
	const newest = rows.find(({ retiredAt }) => retiredAt === null);
	if (!newest) throw new Error("There is no signing key, although one was just made.");
	const publicKeys = new Map<string, CryptoKey>();
	for (const row of rows) publicKeys.set(row.kid, await importedKey(row.publicJwk));
	const privateKey = await importedKey(await vault.open(newest.privateJwe));
	return { rows, publicKeys, current: { kid: newest.kid, privateKey } };
}

async function readKeys(sql: TransactionSql): Promise<KeyRow[]> {
	return await sql<KeyRow[]>`
		select kid, public_jwk, private_jwe, retired_at from sheaf.signing_keys
		where retired_at is null or retired_at > now() - interval '1 hour'
		order by created_at desc, kid`;
}

async function makeKey(sql: TransactionSql, vault: Vault): Promise<KeyRow> {
	const pair = await generateKeyPair("ES256", { extractable: true });
	const bare = await exportJWK(pair.publicKey);
	const kid = await calculateJwkThumbprint(bare);
	const publicJwk: JWK = { ...bare, kid, alg: "ES256", use: "sig" };
	const privateJwe = await vault.seal({ ...(await exportJWK(pair.privateKey)), alg: "ES256" });
	await sql`
		insert into sheaf.signing_keys (kid, public_jwk, private_jwe)
		values (${kid}, ${sql.json({ ...publicJwk })}, ${privateJwe})`;
	return { kid, publicJwk, privateJwe, retiredAt: null };
}

async function importedKey(jwk: JWK): Promise<CryptoKey> {
	const key = await importJWK(jwk, "ES256");
	if (key instanceof Uint8Array) throw new TypeError("A signing key in the database is not an elliptic curve key.");
	return key;
}
