import type { FullUserView } from "../../backend/contract/users.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import type { SignInAnswer } from "../messages/protocol.ts";
import { accountOf } from "../settings/account.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account, selectedTargetId, serverUrl, sessionEndedAt, targets } from "../settings/items.ts";
import { accessToken } from "./access-token.ts";
import { ApiFailure } from "./api-failure.ts";
import { createClient } from "./client.ts";
import { GrantRefused, requestToken, revoke, type TokenAnswer } from "./oauth-requests.ts";
import type { Fetch, TokenSource } from "./request.ts";
import { deleteStoredSession, readStoredSession, type StoredSession, writeStoredSession } from "./session-database.ts";
import { sessionLock } from "./session-lock.ts";
import { type IdentityApi, runSignIn } from "./sign-in.ts";

/** The signed-in session of this device. One object, in the background; pages reach it by message. */
export type Session = {
	/** Opens the sign-in window. A second call while it is open gets the same answer. */
	signIn(): Promise<SignInAnswer>;
	/** Forgets the session here at once and tells the backend if it can. What is unsent stays for the next sign-in. */
	signOut(): Promise<void>;
	/**
	 * A token that is good for 30 s or more; null when nobody is signed in. Refreshed once, however many contexts ask.
	 * @throws ApiFailure when the backend cannot be reached
	 */
	token: TokenSource;
	/** Finishes a sign-out that was cut off. Call it at every start. */
	tidy(): Promise<void>;
};

export type SessionDeps = {
	identity: IdentityApi;
	fetch: Fetch;
	locks: OneAtATime;
	/** How long a sign-in window may stay open (ID-4: 5 minutes). */
	signInTimeoutMs?: number;
};

/** ID-3: refreshed ahead of expiry, so that a request on a slow line still arrives with a good token. */
const refreshAheadMs = 30_000;
const fiveMinutesMs = 300_000;

export function createSession(deps: SessionDeps): Session {
	let signingIn: Promise<SignInAnswer> | null = null;
	return {
		signIn: () => {
			signingIn ??= signIn(deps).finally(() => {
				signingIn = null;
			});
			return signingIn;
		},
		signOut: () => deps.locks.inTurn(sessionLock, () => endSession(deps, "by-person")),
		token: async (refused) =>
			(await keptToken(refused)) ?? (await deps.locks.inTurn(sessionLock, () => refreshedToken(deps, refused))),
		tidy: () =>
			deps.locks.inTurn(sessionLock, async () => {
				if ((await account.getValue()) === null) await forgetTokens();
			}),
	};
}

async function signIn(deps: SessionDeps): Promise<SignInAnswer> {
	try {
		const place = { serverUrl: await serverUrl.getValue(), deviceId: await readDeviceId(deps.locks) };
		const { fetch, identity, signInTimeoutMs = fiveMinutesMs } = deps;
		const outcome = await runSignIn({ fetch, identity, signInTimeoutMs }, place);
		if (outcome.kind !== "granted") return outcome;
		const { session, answer } = outcome;
		const client = createClient({
			serverUrl: async () => place.serverUrl,
			token: async () => answer.accessToken,
			fetch,
		});
		const person = await client.fullUser();
		return await deps.locks.inTurn(sessionLock, () => beginSession(deps, { session, answer, person }));
	} catch (error) {
		if (error instanceof ApiFailure || error instanceof GrantRefused) return { kind: "failed", message: error.message };
		throw error;
	}
}

type Begun = { session: StoredSession; answer: TokenAnswer; person: FullUserView };

/** `account` is written last: whoever sees it finds the tokens there, and without it `tidy` clears them away. */
async function beginSession(deps: SessionDeps, { session, answer, person }: Begun): Promise<SignInAnswer> {
	const previous = await readStoredSession();
	const { id: userId, email } = person.user;
	if ((await account.getValue())?.userId !== userId) await forgetAccount();
	await writeStoredSession(session);
	await keepToken(answer, session.serverUrl);
	await account.setValue(accountOf(person));
	await sessionEndedAt.setValue(null);
	if (previous) await tellBackend(deps, previous);
	return { kind: "signed-in", userId, email, unopened: 0 };
}

/** @returns a kept token that may be used, or null when one has to be fetched. */
async function keptToken(refused: string | undefined): Promise<string | null> {
	const [kept, signedIn, server] = await Promise.all([
		accessToken.getValue(),
		account.getValue(),
		serverUrl.getValue(),
	]);
	if (!kept || !signedIn || kept.serverUrl !== server || kept.token === refused) return null;
	return kept.expiresAt - Date.now() > refreshAheadMs ? kept.token : null;
}

/** Runs under the lock: whoever waited finds what the one before has fetched. */
async function refreshedToken(deps: SessionDeps, refused: string | undefined): Promise<string | null> {
	const kept = await keptToken(refused);
	if (kept !== null) return kept;
	if ((await account.getValue()) === null) return null;
	const session = await readStoredSession();
	if (!session) {
		await endSession(deps, "by-backend");
		return null;
	}
	if (session.serverUrl !== (await serverUrl.getValue())) return null;
	try {
		const endpoint = { url: session.tokenEndpoint, key: session.key };
		const answer = await requestToken(deps.fetch, endpoint, {
			grant_type: "refresh_token",
			refresh_token: session.refreshToken,
		});
		if (answer.refreshToken) await writeStoredSession({ ...session, refreshToken: answer.refreshToken });
		await keepToken(answer, session.serverUrl);
		return answer.accessToken;
	} catch (error) {
		if (!(error instanceof GrantRefused)) throw error;
		await endSession(deps, "by-backend");
		return null;
	}
}

async function keepToken(answer: TokenAnswer, server: string): Promise<void> {
	const expiresAt = Date.now() + answer.expiresInMs;
	await accessToken.setValue({ token: answer.accessToken, expiresAt, serverUrl: server });
}

/** The account goes first: from then on no surface shows anything of it, whatever happens to the rest. */
async function endSession(deps: SessionDeps, how: "by-person" | "by-backend"): Promise<void> {
	await forgetAccount();
	if (how === "by-backend") await sessionEndedAt.setValue(Date.now());
	const session = await readStoredSession();
	await forgetTokens();
	if (session && how === "by-person") await tellBackend(deps, session);
}

async function forgetAccount(): Promise<void> {
	await account.setValue(null);
	await targets.setValue([]);
	await selectedTargetId.setValue(null);
}

async function forgetTokens(): Promise<void> {
	await accessToken.setValue(null);
	await deleteStoredSession();
}

/** A session the backend does not hear about ends there by itself, after 30 days without use. */
async function tellBackend(deps: SessionDeps, session: StoredSession): Promise<void> {
	await revoke(deps.fetch, session.revocationEndpoint, session.refreshToken).catch(() => undefined);
}
