import { fakeBrowser } from "wxt/testing/fake-browser";
import { memoryLocks } from "../messages/test-locks.ts";
import { serverUrl } from "../settings/items.ts";
import { createSession } from "./session.ts";
import { deleteStoredSession, readStoredSession, type StoredSession } from "./session-database.ts";
import { TestAuthorizationServer } from "./test-authorization-server.ts";

/** As on the day the extension was installed. */
export async function emptyDevice(): Promise<void> {
	fakeBrowser.reset();
	await deleteStoredSession();
}

/** A device at its start, with a server and the session object the background would make. */
export async function aDevice(more: { signInTimeoutMs?: number } = {}) {
	const server = new TestAuthorizationServer();
	await serverUrl.setValue(server.issuer);
	const locks = memoryLocks();
	const start = () => createSession({ identity: server.identity, fetch: server.fetch, locks, ...more });
	return { server, start, session: start() };
}

/** The stored session, which has to be there. */
export async function storedSession(): Promise<StoredSession> {
	const session = await readStoredSession();
	if (!session) throw new Error("There is no stored session.");
	return session;
}
