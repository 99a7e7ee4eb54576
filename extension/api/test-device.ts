import { fakeBrowser } from "wxt/testing/fake-browser";
import { memoryLocks } from "../messages/test-locks.ts";
import { serverUrl } from "../settings/items.ts";
import { createSession, type Session } from "./session.ts";
import { deleteServerKeysBut, deleteStoredSession, readStoredSession, type StoredSession } from "./session-database.ts";
import type { RecordKeeping } from "./session-deps.ts";
import { TestAuthorizationServer } from "./test-authorization-server.ts";
import type { TokenQuestion } from "./workspace-token.ts";

/** As on the day the extension was installed. */
export async function emptyDevice(): Promise<void> {
	fakeBrowser.reset();
	await deleteStoredSession();
	await deleteServerKeysBut(null);
}

/** Keeps no records and writes down what it was asked for. `background/record-keeping.ts` is the real one. */
class TestKeeping implements RecordKeeping {
	readonly asked: string[] = [];

	async lastFlush(): Promise<void> {
		this.asked.push("last flush");
	}

	async putAwayOthers(present: string | null): Promise<void> {
		this.asked.push(`put away all but ${present}`);
	}

	async takeOut(userId: string): Promise<number> {
		this.asked.push(`take out ${userId}`);
		return 0;
	}

	async discard(userId: string): Promise<void> {
		this.asked.push(`discard ${userId}`);
	}
}

type DeviceOptions = { signInTimeoutMs?: number; records?: RecordKeeping; endWork?: () => Promise<void> };

/** A device at its start, with a server and the session object the background would make. */
export async function aDevice({ records, endWork = async () => {}, ...more }: DeviceOptions = {}) {
	const server = new TestAuthorizationServer();
	await serverUrl.setValue(server.issuer);
	const [locks, keeping] = [memoryLocks(), new TestKeeping()];
	const deps = { identity: server.identity, fetch: server.fetch, locks, records: records ?? keeping, endWork };
	const start = () => createSession({ ...deps, ...more });
	return { server, locks, keeping, start, session: start() };
}

/** The token itself, null when there is none. */
export async function tokenOf(session: Session, question: TokenQuestion = {}): Promise<string | null> {
	const answer = await session.token(question);
	return answer.kind === "token" ? answer.token : null;
}

/** The stored session, which has to be there. */
export async function storedSession(): Promise<StoredSession> {
	const session = await readStoredSession();
	if (!session) throw new Error("There is no stored session.");
	return session;
}
