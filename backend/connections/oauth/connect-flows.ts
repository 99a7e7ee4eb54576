import type { ConnectionAuthorize } from "../../contract/connections.ts";
import type { Principal } from "../../db/principal.ts";
import { SheafError } from "../../errors.ts";
import { fromNow, type IdentityContext } from "../../identity/context.ts";
import { randomToken, tokenHash } from "../../identity/opaque-tokens.ts";
import { flowSecrets } from "../../identity/upstream-flows.ts";

/** The window is opened at once; what takes longer at a provider is begun again. */
const flowSeconds = 600;

/** What a window is for, as its first page says it. */
export type ConnectTicket = {
	provider: string;
	userId: string;
	email: string;
	workspaceName: string;
	connectionId: string | null;
	redirectUri: string;
};

/** What came back from the provider, until the session that began it fetches it. */
export type ConnectAnswer = { parameters: string; state: string; codeVerifier: string };

/**
 * @returns the token of the address that the window opens
 * @throws SheafError `request/invalid` when the redirect is none of the asking client's
 */
export async function beginConnectFlow(
	context: IdentityContext,
	{ userId, sessionId, workspaceId }: Principal,
	{ provider, redirectUri, name, connectionId }: ConnectionAuthorize,
): Promise<string> {
	const token = randomToken();
	await context.asIdentity(async (sql) => {
		const [session] = await sql<{ clientId: string }[]>`
			select client_id from sheaf.device_sessions where id = ${sessionId}`;
		const client = context.clients.find(({ id }) => id === session?.clientId);
		if (!client?.redirectUris.includes(redirectUri)) {
			throw new SheafError("request/invalid", "The address to come back to is not on this app's list.", {
				details: { in: "body", field: "redirectUri" },
			});
		}
		await sql`
			insert into sheaf.connection_flows (ticket_hash, user_id, session_id, workspace_id, provider, name, connection_id,
				redirect_uri, expires_at)
			values (${tokenHash(token)}, ${userId}, ${sessionId}, ${workspaceId}, ${provider}, ${name ?? null},
				${connectionId ?? null}, ${redirectUri}, ${fromNow(context, flowSeconds)})`;
	});
	return token;
}

/** What a ticket is for, while nobody has gone on with it and the session that asked for it is good; null else. */
export async function readConnectTicket(context: IdentityContext, token: string): Promise<ConnectTicket | null> {
	const [ticket] = await context.asIdentity(
		(sql) => sql<ConnectTicket[]>`
			select f.provider, f.user_id, u.email, w.name as workspace_name, f.connection_id, f.redirect_uri
			from sheaf.connection_flows f
			join sheaf.users u on u.id = f.user_id
			join sheaf.workspaces w on w.id = f.workspace_id
			join sheaf.device_sessions s on s.id = f.session_id and s.revoked_at is null
			where f.ticket_hash = ${tokenHash(token)} and f.state_hash is null and f.expires_at > ${new Date(context.now())}`,
	);
	return ticket ?? null;
}

/**
 * This browser goes on to the provider: the ticket is used up.
 *
 * @returns the token for the browser's cookie, of which alone `flowSecrets` makes the state and the verifier; null when another went on first
 */
export async function leaveWithTicket(context: IdentityContext, ticket: string): Promise<string | null> {
	const token = randomToken();
	const left = await context.asIdentity(
		(sql) => sql`
			update sheaf.connection_flows set state_hash = ${tokenHash(flowSecrets(token).state)}
			where ticket_hash = ${tokenHash(ticket)} and state_hash is null and expires_at > ${new Date(context.now())}
			returning 1`,
	);
	return left.length === 0 ? null : token;
}

/** The flow that waits for this state, which nobody has come back with yet. */
export async function readReturn(
	context: IdentityContext,
	state: string,
): Promise<Pick<ConnectTicket, "provider" | "redirectUri"> | null> {
	const [flow] = await context.asIdentity(
		(sql) => sql<Pick<ConnectTicket, "provider" | "redirectUri">[]>`
			select provider, redirect_uri from sheaf.connection_flows
			where state_hash = ${tokenHash(state)} and finish_hash is null and expires_at > ${new Date(context.now())}`,
	);
	return flow ?? null;
}

/** The person did not want to, or the answer was none: the flow is over. */
export async function endFlow(context: IdentityContext, state: string): Promise<void> {
	await context.asIdentity(
		(sql) => sql`delete from sheaf.connection_flows where state_hash = ${tokenHash(state)} and finish_hash is null`,
	);
}

/**
 * Keeps the provider's answer under the vault.
 *
 * @returns what the window is sent home with; null when somebody came back with this state before
 */
export async function keepAnswer(context: IdentityContext, answer: ConnectAnswer): Promise<string | null> {
	const finish = randomToken();
	const sealed = await context.vault.seal(answer);
	const kept = await context.asIdentity(
		(sql) => sql`
			update sheaf.connection_flows set answer_jwe = ${sealed}, finish_hash = ${tokenHash(finish)}
			where state_hash = ${tokenHash(answer.state)} and finish_hash is null returning 1`,
	);
	return kept.length === 0 ? null : finish;
}

type FinishRow = {
	provider: string;
	name: string | null;
	connectionId: string | null;
	answerJwe: string;
	expiresAt: Date;
};
export type FinishedFlow = Omit<FinishRow, "answerJwe" | "expiresAt"> & { answer: ConnectAnswer };

/**
 * Takes what came back, once, for the session and the workspace that began it. Anybody else's stays where it is.
 *
 * @throws SheafError `connections/flow-expired`: used, too old, or not this session's
 */
export async function takeFinished(
	context: IdentityContext,
	{ userId, sessionId, workspaceId }: Principal,
	flow: string,
): Promise<FinishedFlow> {
	const [row] = await context.asIdentity(
		(sql) => sql<FinishRow[]>`
			delete from sheaf.connection_flows
			where finish_hash = ${tokenHash(flow)} and user_id = ${userId} and session_id = ${sessionId}
				and workspace_id = ${workspaceId}
			returning provider, name, connection_id, answer_jwe, expires_at`,
	);
	if (row === undefined || row.expiresAt.getTime() <= context.now()) throw flowExpired();
	const { answerJwe, expiresAt: _past, ...rest } = row;
	return { ...rest, answer: (await context.vault.open(answerJwe)) as ConnectAnswer };
}

export function flowExpired(): SheafError {
	return new SheafError(
		"connections/flow-expired",
		"This connecting took too long or was finished already. Nothing was changed: press Connect again.",
	);
}
