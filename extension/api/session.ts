import type { FullUserView } from "../../backend/contract/users.ts";
import { note } from "../diagnostics/note.ts";
import { t } from "../i18n/t.ts";
import type { ConnectAnswer, DeleteAnswer, LinkAnswer, SignInAnswer, SwitchAnswer } from "../messages/protocol.ts";
import { accountOf } from "../settings/account.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account, serverUrl, sessionEndedAt } from "../settings/items.ts";
import { keepToken } from "./access-tokens.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Client } from "./client.ts";
import { type ConnectQuestion, connectAccount } from "./connect-account.ts";
import { deleteAccount } from "./delete-account.ts";
import { endSession, finishSignOut, forgetAccount, forgetTokens, tellBackend } from "./end-session.ts";
import { linkAccount } from "./link-account.ts";
import { GrantRefused, type TokenAnswer } from "./oauth-requests.ts";
import { openSealed } from "./open-sealed.ts";
import { refreshAccount } from "./refresh-account.ts";
import { sealKeyIfThere } from "./seal-key.ts";
import { readStoredSession, type StoredSession, writeSealKey, writeStoredSession } from "./session-database.ts";
import { clientWith, type SessionDeps } from "./session-deps.ts";
import { sessionLock } from "./session-lock.ts";
import { showAccount } from "./show-account.ts";
import { runSignIn } from "./sign-in.ts";
import { switchWorkspace } from "./switch-workspace.ts";
import { type TokenQuestion, tokenSourceOf, type WorkspaceToken, workspaceToken } from "./workspace-token.ts";

/** The signed-in session of this device. One object, in the background; pages reach it by message. */
export type Session = {
	/** Opens the sign-in window. A second call while it is open gets the same answer. */
	signIn(): Promise<SignInAnswer>;
	/**
	 * Sends what goes within seconds, forgets the session here, seals what is left (ID-8) and tells the backend if it can.
	 * @throws OutboxError when the disk does not let the records be sealed; they are as soon as it does
	 */
	signOut(): Promise<void>;
	/** A token that is good for 30 s or more. @throws ApiFailure when the backend cannot be reached */
	token(question?: TokenQuestion): Promise<WorkspaceToken>;
	/** A client of whoever is signed in, where they work; or of one person only, or of another workspace. */
	client(whose?: Omit<TokenQuestion, "refused">): Client;
	switchWorkspace(workspaceId: string): Promise<SwitchAnswer>;
	/** Opens the window in which another way in is linked. */
	link(provider: string): Promise<LinkAnswer>;
	/** Opens the window in which an account is connected at its provider. */
	connect(question: ConnectQuestion): Promise<ConnectAnswer>;
	/** Brings what surfaces paint from up to date. @returns whether anybody is signed in. @throws ApiFailure */
	refreshAccount(): Promise<boolean>;
	deleteAccount(confirm: string): Promise<DeleteAnswer>;
	/** Finishes a sign-out that was cut off. Call it at every start. */
	tidy(): Promise<void>;
};

const fiveMinutesMs = 300_000;

export function createSession(given: Omit<SessionDeps, "signInTimeoutMs"> & { signInTimeoutMs?: number }): Session {
	const deps: SessionDeps = { signInTimeoutMs: fiveMinutesMs, ...given };
	let signingIn: Promise<SignInAnswer> | null = null;
	const token = (question: TokenQuestion = {}) => workspaceToken(deps, question);
	const client: Session["client"] = (whose) => clientWith(deps, tokenSourceOf(token, whose));
	return {
		signIn: () => {
			signingIn ??= signIn(deps).finally(() => {
				signingIn = null;
			});
			return signingIn;
		},
		signOut: async () => {
			await deps.records.lastFlush();
			await deps.locks.inTurn(sessionLock, () => endSession(deps, "by-person"));
		},
		token,
		client,
		switchWorkspace: (workspaceId) => switchWorkspace({ ...deps, client: client() }, workspaceId),
		link: (provider) => linkAccount({ ...deps, client: client() }, provider),
		connect: (question) => connectAccount({ ...deps, client: client() }, question),
		refreshAccount: () => refreshAccount(deps, client()),
		deleteAccount: (confirm) => deleteAccount({ ...deps, client: client() }, confirm),
		tidy: () => deps.locks.inTurn(sessionLock, () => tidy(deps)),
	};
}

async function tidy(deps: SessionDeps): Promise<void> {
	const signedIn = await account.getValue();
	if (signedIn === null) await finishSignOut();
	await deps.records.putAwayOthers(signedIn?.userId ?? null);
}

async function signIn(deps: SessionDeps): Promise<SignInAnswer> {
	try {
		const place = { serverUrl: await serverUrl.getValue(), deviceId: await readDeviceId(deps.locks) };
		const outcome = await runSignIn(deps, place);
		if (outcome.kind !== "granted") return outcome;
		const { session, answer } = outcome;
		return await unlessItFails(deps, session, async () => {
			const client = clientWith(deps, async () => answer.accessToken);
			const [person, sealKey] = await Promise.all([client.fullUser(), sealKeyIfThere(client)]);
			return await deps.locks.inTurn(sessionLock, () => beginSession(deps, { session, answer, person, sealKey }));
		});
	} catch (error) {
		if (error instanceof ApiFailure || error instanceof GrantRefused) return { kind: "failed", message: error.message };
		throw error;
	}
}

/** A session that was granted for nothing would stay in the person's list of devices for a month. */
async function unlessItFails<T>(deps: SessionDeps, session: StoredSession, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		await tellBackend(deps, session);
		throw error;
	}
}

/** `sealKey` null: it could not be had. What was sealed stays so until `refreshAccount` gets it. */
type Begun = { session: StoredSession; answer: TokenAnswer; person: FullUserView; sealKey: CryptoKey | null };

const movedAway = t("answers.signIn.movedAway");

async function beginSession(deps: SessionDeps, begun: Begun): Promise<SignInAnswer> {
	const { session } = begun;
	if (session.serverUrl !== (await serverUrl.getValue())) {
		await tellBackend(deps, session);
		return { kind: "failed", message: movedAway };
	}
	const previous = await readStoredSession();
	try {
		await makeRoomFor(deps, begun.person.user.id);
		return await moveIn(deps, begun);
	} finally {
		const kept = await readStoredSession();
		if (previous && kept?.refreshToken !== previous.refreshToken) await tellBackend(deps, previous);
	}
}

/** Nothing of anybody else is left when somebody comes, whatever fails after this. */
async function makeRoomFor(deps: SessionDeps, userId: string): Promise<void> {
	const before = await account.getValue();
	if (before === null) return await finishSignOut();
	if (before.userId === userId) return;
	await forgetAccount(deps);
	await forgetTokens();
}

/** `account` is written last: whoever sees it finds tokens and records there, and without it `tidy` puts them away again. */
async function moveIn(deps: SessionDeps, { session, answer, person, sealKey }: Begun): Promise<SignInAnswer> {
	const { id: userId, email } = person.user;
	await deps.records.putAwayOthers(userId);
	if (sealKey) await writeSealKey(userId, "server", sealKey);
	const unopened = await openSealed(deps.records, userId);
	await writeStoredSession(session);
	const { serverUrl: server } = session;
	await keepToken(answer, { serverUrl: server, userId, workspaceId: person.session.workspace.id });
	await showAccount(accountOf(person));
	await sessionEndedAt.setValue(null);
	note("session.began", { unopened });
	return { kind: "signed-in", userId, email, unopened };
}
