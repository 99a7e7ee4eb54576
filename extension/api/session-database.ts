import { type IDBPDatabase, openDB } from "idb";

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

type SessionSchema = { session: { key: "current"; value: StoredSession } };

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

/** Opened for one use: it is read once per refresh, and an open connection would only be in an upgrade's way. */
async function use<T>(work: (database: IDBPDatabase<SessionSchema>) => Promise<T>): Promise<T> {
	const database = await openDB<SessionSchema>(databaseName, 1, {
		upgrade(fresh) {
			fresh.createObjectStore("session");
		},
	});
	try {
		return await work(database);
	} finally {
		database.close();
	}
}
