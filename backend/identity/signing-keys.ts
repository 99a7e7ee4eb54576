import { type CryptoKey, importJWK, type JWK } from "jose";
import { type KeyRow, type KeyStore, readOrRotateKeys, signingRow } from "./key-rotation.ts";

/** The keys that sign access tokens: ES256, published by `kid`, the private half sealed by the vault. */
export type SigningKeys = {
	/** The key that signs now; made on first need. */
	current(): Promise<{ kid: string; privateKey: CryptoKey }>;
	/** The public half of a published key: one that signs, will sign, or signed until an hour ago; else null. */
	publicKey(kid: string): Promise<CryptoKey | null>;
	/** What `/oauth/jwks` publishes (RFC 7517). */
	publicJwks(): Promise<{ keys: JWK[] }>;
};

type LoadedKeys = { rows: KeyRow[]; publicKeys: Map<string, CryptoKey> };

/** Another process may have made or retired a key: this long a process may not know of it. */
const reloadAfterMs = 60_000;
/** An unknown `kid` asks the database at most this often, or any stranger's token would be a query. */
const unknownKidPauseMs = 1_000;

export function createSigningKeys(store: KeyStore): SigningKeys {
	let loaded: Promise<LoadedKeys> | undefined;
	let loadedAt = 0;
	const privateKeys = new Map<string, Promise<CryptoKey>>();
	const load = (maxAgeMs: number): Promise<LoadedKeys> => {
		const ageMs = store.now() - loadedAt;
		// A clock that was set back must not keep what was loaded for ever.
		if (loaded && ageMs >= 0 && ageMs < maxAgeMs) return loaded;
		const attempt = loadKeys(store);
		loaded = attempt;
		loadedAt = store.now();
		// A failed attempt must not be what everybody gets for the next minute.
		attempt.catch(() => {
			if (loaded === attempt) loaded = undefined;
		});
		return attempt;
	};
	const privateKeyOf = ({ kid, privateJwe }: KeyRow): Promise<CryptoKey> => {
		const known = privateKeys.get(kid) ?? store.vault.open(privateJwe).then(importedKey);
		privateKeys.set(kid, known);
		known.catch(() => privateKeys.delete(kid));
		return known;
	};
	return {
		current: async () => {
			const signing = signingRow((await load(reloadAfterMs)).rows, store.now());
			if (!signing) throw new Error("There is no signing key, although one was just made.");
			return { kid: signing.kid, privateKey: await privateKeyOf(signing) };
		},
		publicKey: async (kid) => {
			const known = (await load(reloadAfterMs)).publicKeys.get(kid);
			return known ?? (await load(unknownKidPauseMs)).publicKeys.get(kid) ?? null;
		},
		publicJwks: async () => ({ keys: (await load(reloadAfterMs)).rows.map(({ publicJwk }) => publicJwk) }),
	};
}

async function loadKeys(store: KeyStore): Promise<LoadedKeys> {
	const rows = await readOrRotateKeys(store);
	const publicKeys = new Map<string, CryptoKey>();
	for (const row of rows) publicKeys.set(row.kid, await importedKey(row.publicJwk));
	return { rows, publicKeys };
}

async function importedKey(jwk: JWK): Promise<CryptoKey> {
	const key = await importJWK(jwk, "ES256");
	if (key instanceof Uint8Array) throw new TypeError("A signing key in the database is not an elliptic curve key.");
	return key;
}
