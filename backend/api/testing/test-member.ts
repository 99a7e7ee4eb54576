import { decodeJwt } from "jose";
import type { WorkspaceView } from "../../contract/users.ts";
import type { InviteCreated, InviteRole } from "../../contract/workspaces.ts";
import { ask, json, makePerson, type TestPerson, type Tokens } from "./test-person.ts";

/** An answer as tests of the API look at it: `code` is that of an error body, or null. */
export type Answer = { status: number; code: string | null; body: unknown };

/** Sends JSON to a path under `/api/v1`. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** A person who is signed in, and what they ask of the API. */
export type TestMember = {
	person: TestPerson;
	userId: string;
	/** Their own workspace. */
	personalId: string;
	tokens: Required<Tokens>;
	/** With their token, which is for their own workspace. */
	send: Send;
	/** A token for another workspace of theirs. */
	tokenIn(workspaceId: string): Promise<string>;
	/** With such a token. */
	sendIn(workspaceId: string): Promise<Send>;
};

export async function makeMember(url: string): Promise<TestMember> {
	const person = await makePerson(url);
	const tokens = await person.tokens();
	const { sub, workspace } = decodeJwt(tokens.access_token);
	const tokenIn = async (workspaceId: string) => {
		const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token, workspace_id: workspaceId };
		const answer = await person.token(refresh);
		if (answer.status !== 200) throw new Error(await answer.text());
		return (await json<Tokens>(answer)).access_token;
	};
	return {
		person,
		userId: String(sub),
		personalId: String(workspace),
		tokens,
		send: sender(url, tokens.access_token),
		tokenIn,
		sendIn: async (workspaceId) => sender(url, await tokenIn(workspaceId)),
	};
}

/** Whoever shows this token. */
export function sender(url: string, token: string): Send {
	return async (method, path, body) => {
		const json = { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
		const answer = await ask(`${url}/api/v1${path}`, token, { method, ...(body === undefined ? {} : json) });
		const text = await answer.text();
		const parsed: unknown = text === "" ? null : JSON.parse(text);
		return { status: answer.status, code: codeIn(parsed), body: parsed };
	};
}

function codeIn(body: unknown): string | null {
	const { error } = (body ?? {}) as { error?: { code?: string } };
	return error?.code ?? null;
}

/** A shared workspace of this owner. */
export async function makeWorkspace(owner: TestMember, name = "Team"): Promise<WorkspaceView> {
	const { status, body } = await owner.send("POST", "/workspaces", { name });
	if (status !== 201) throw new Error(JSON.stringify(body));
	return body as WorkspaceView;
}

/** The token of a fresh invitation's link. */
export async function makeInvite(inviter: TestMember, workspaceId: string, role: InviteRole): Promise<string> {
	const { status, body } = await inviter.send("POST", `/workspaces/${workspaceId}/invites`, { role });
	if (status !== 201) throw new Error(JSON.stringify(body));
	return (body as InviteCreated).url.split("/invite/")[1] ?? "";
}

/** Brings a person into a workspace by a link, as a person would. */
export async function join(guest: TestMember, inviter: TestMember, as: { workspaceId: string; role: InviteRole }) {
	const token = await makeInvite(inviter, as.workspaceId, as.role);
	const { status, body } = await guest.send("POST", "/invites/accept", { token });
	if (status !== 200) throw new Error(JSON.stringify(body));
}

export type TestTeam = Record<"owner" | "admin" | "member" | "viewer" | "outsider", TestMember> & { id: string };

/** A workspace with somebody of every role, and a person who is not in it. */
export async function makeTeam(url: string, name = "Team"): Promise<TestTeam> {
	const [owner, admin, member, viewer, outsider] = await Promise.all([
		makeMember(url),
		makeMember(url),
		makeMember(url),
		makeMember(url),
		makeMember(url),
	]);
	const { id } = await makeWorkspace(owner, name);
	await join(admin, owner, { workspaceId: id, role: "admin" });
	await join(member, owner, { workspaceId: id, role: "member" });
	await join(viewer, owner, { workspaceId: id, role: "viewer" });
	return { id, owner, admin, member, viewer, outsider };
}
