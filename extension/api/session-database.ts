import { type IDBPDatabase, openDB } from "idb";
import type { SealKeys } from "../outbox/seal.ts";

/**
 * What a signed-in device keeps for the long run. The key cannot be exported, so a copy of the token is of no use
 * elsewhere (RFC 9449); it lives in IndexedDB because no other storage takes a `CryptoKey`.
 */
export type StoredSession = {
	/** The backend the token is for; it is never sent to another one. */
	serverUrl: string;
	refreshToken: string;
	key: CryptoKeyPair;
	tokenEndpoint: string;
	revocationEndpoint: string;
};

/** Who made a key that records are sealed with: the server, or this device because it had none of the server's. */
type SealKeyMaker = keyof SealKeys;

type SessionSchema = {
	session: { key: "current"; value: StoredSession };
	sealKeys: { key: `${string}/${SealKeyMaker}`; value: CryptoKey };
};

const databaseName = "sheaf_session";

export function readStoredSession(): Promise<StoredSession | undefined> {
	return use((database) => database.get("session", "current"));
}

/** Durable when it resolves: a session that the next start does not find would leave an account without a token. */
export function writeStoredSession(session: StoredSession): Promise<void> {
	return use(async (database) => {
		const transaction = database.transaction("session", "readwrite", { durability: "strict" });
		await Promise.all([transaction.store.put(session, "current"), transaction.done]);
	});
}

/** The key goes with the token: there is nothing left to prove. */
export function deleteStoredSession(): Promise<void> {
	return use((database) => database.delete("session", "current"));
}

export function readSealKeys(userId: string): Promise<SealKeys> {
	return use(async (database) => ({
		server: (await database.get("sealKeys", `${userId}/server`)) ?? null,
		device: (await database.get("sealKeys", `${userId}/device`)) ?? null,
	}));
}

/** Durable when it resolves: what is sealed with it next could not be opened without it. */
export function writeSealKey(userId: string, maker: SealKeyMaker, key: CryptoKey): Promise<void> {
	return use(async (database) => {
		const transaction = database.transaction("sealKeys", "readwrite", { durability: "strict" });
		await Promise.all([transaction.store.put(key, `${userId}/${maker}`), transaction.done]);
	});
}

export function deleteSealKey(userId: string, maker: SealKeyMaker): Promise<void> {
	return use((database) => database.delete("sealKeys", `${userId}/${maker}`));
}

/** What the server gave goes with its person; what was made here is needed to open what it sealed. */
export function deleteServerKeysBut(present: string | null): Promise<void> {
	return use(async (database) => {
		for (const key of await database.getAllKeys("sealKeys")) {
			if (key.endsWith("/server") && key !== `${present}/server`) await database.delete("sealKeys", key);
		}
	});
}

/** Opened for one use: it is read once per refresh, and an open connection would only be in an upgrade's way. */
async function use<T>(work: (database: IDBPDatabase<SessionSchema>) => Promise<T>): Promise<T> {
	const database = await openDB<SessionSchema>(databaseName, 2, {
		upgrade(fresh, oldVersion) {
			if (oldVersion < 1) fresh.createObjectStore("session");
			if (oldVersion < 2) fresh.createObjectStore("sealKeys");
		},
	});
	try {
		return await work(database);
	} finally {
		database.close();
	}
}
