import { codeOf, note } from "../diagnostics/note.ts";
import { accountOf } from "../settings/account.ts";
import { account, serverUrl } from "../settings/items.ts";
import { accessTokens, keepToken } from "./access-tokens.ts";
import { workspaceIsGone } from "./api-failure.ts";
import { endSession } from "./end-session.ts";
import { GrantRefused, requestToken } from "./oauth-requests.ts";
import type { TokenSource } from "./request.ts";
import { readStoredSession, type StoredSession, writeStoredSession } from "./session-database.ts";
import { clientWith, type SessionDeps } from "./session-deps.ts";
import { sessionLock } from "./session-lock.ts";
import { showAccount } from "./show-account.ts";

/** `workspace-gone`: the person is signed in and no longer in that workspace. */
export type WorkspaceToken = { kind: "token"; token: string } | { kind: "signed-out" } | { kind: "workspace-gone" };

export type TokenQuestion = {
	/** The token that was just answered 401. */
	refused?: string | undefined;
	/** The current one when left out. */
	workspaceId?: string | undefined;
	/** Theirs or none; whoever is signed in when left out. */
	userId?: string | undefined;
};

/** ID-3: refreshed ahead of expiry, so that a request on a slow line still arrives with a good token. */
const refreshAheadMs = 30_000;

/**
 * A token that is good for 30 s or more. Refreshed once, however many contexts ask.
 * @throws ApiFailure when the backend cannot be reached; asking again is harmless, the refresh token does not change
 */
export async function workspaceToken(deps: SessionDeps, asked: TokenQuestion): Promise<WorkspaceToken> {
	return (await keptToken(asked)) ?? (await deps.locks.inTurn(sessionLock, () => refreshedToken(deps, asked)));
}

/** As a client asks for tokens: that the workspace is gone ends the request and not the session. */
export function tokenSourceOf(
	ask: (question: TokenQuestion) => Promise<WorkspaceToken>,
	whose: Omit<TokenQuestion, "refused"> = {},
): TokenSource {
	return async (refused) => {
		const answer = await ask({ ...whose, refused });
		if (answer.kind === "workspace-gone") throw workspaceIsGone();
		return answer.kind === "token" ? answer.token : null;
	};
}

/** @returns a kept token that may be used, or null when one has to be fetched. */
async function keptToken({ refused, workspaceId, userId }: TokenQuestion): Promise<WorkspaceToken | null> {
	const [kept, signedIn, server] = await Promise.all([
		accessTokens.getValue(),
		account.getValue(),
		serverUrl.getValue(),
	]);
	if (!kept || !signedIn || kept.serverUrl !== server || kept.userId !== signedIn.userId) return null;
	if (userId !== undefined && userId !== signedIn.userId) return null;
	const found = kept.byWorkspace[workspaceId ?? signedIn.workspaceId ?? ""];
	if (!found || found.token === refused || found.expiresAt - Date.now() <= refreshAheadMs) return null;
	return { kind: "token", token: found.token };
}

/** Runs under the lock: whoever waited finds what the one before has fetched. */
async function refreshedToken(deps: SessionDeps, asked: TokenQuestion): Promise<WorkspaceToken> {
	const kept = await keptToken(asked);
	if (kept !== null) return kept;
	const signedIn = await account.getValue();
	if (signedIn === null || signedIn.userId !== (asked.userId ?? signedIn.userId)) return { kind: "signed-out" };
	const session = await readStoredSession();
	if (session && session.serverUrl !== (await serverUrl.getValue())) return { kind: "signed-out" };
	const workspaceId = asked.workspaceId ?? signedIn.workspaceId ?? "";
	try {
		if (!session) throw new GrantRefused("session-ended");
		const answer = await requestRefresh(deps, session, workspaceId);
		await keepToken(answer, { serverUrl: session.serverUrl, userId: signedIn.userId, workspaceId });
		return { kind: "token", token: answer.accessToken };
	} catch (error) {
		if (!(error instanceof GrantRefused)) throw error;
		if (error.reason === "workspace-gone") {
			if (session && workspaceId === signedIn.workspaceId) await fallBack(deps, session);
			return { kind: "workspace-gone" };
		}
		await endSession(deps, "by-backend");
		return { kind: "signed-out" };
	}
}

/** `workspaceId` empty: for the one that the server has as this session's. */
async function requestRefresh({ fetch }: SessionDeps, session: StoredSession, workspaceId: string) {
	const endpoint = { url: session.tokenEndpoint, key: session.key };
	const began = performance.now();
	const answer = await requestToken(fetch, endpoint, {
		grant_type: "refresh_token",
		refresh_token: session.refreshToken,
		...(workspaceId === "" ? {} : { workspace_id: workspaceId }),
	}).catch((error: unknown) => {
		note("session.not-renewed", { code: codeOf(error), ms: performance.now() - began });
		throw error;
	});
	note("session.renewed", { ms: performance.now() - began });
	if (answer.refreshToken) await writeStoredSession({ ...session, refreshToken: answer.refreshToken });
	return answer;
}

/** The current workspace is closed to the person: they work where the server says from now on, their own if nowhere else. */
async function fallBack(deps: SessionDeps, session: StoredSession): Promise<void> {
	const answer = await requestRefresh(deps, session, "");
	const next = accountOf(await clientWith(deps, async () => answer.accessToken).fullUser());
	const { userId, workspaceId } = next;
	await keepToken(answer, { serverUrl: session.serverUrl, userId, workspaceId: workspaceId ?? "" });
	await showAccount(next);
}
