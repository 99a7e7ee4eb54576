import { decodeJwt } from "jose";
import type { TestBackend } from "./test-backend.ts";
import { join, makeMember, makeWorkspace, type TestMember } from "./test-member.ts";
import { ask } from "./test-person.ts";
import { type ChooseId, type IdPlace, type Route, requestTo } from "./test-routes.ts";
import { fillTenant, randomHash } from "./test-tenant.ts";

/** Rows of everything, by the resource's name. */
export type Ids = Readonly<Record<string, string>>;

/** Two shared workspaces that have nothing to do with one another, each with a row of everything. */
export type TwoTenants = {
	own: Ids;
	foreign: Ids;
	/** Of the first one's owner, for the first one. */
	token: string;
	/** Of somebody who may only look at the first one. */
	viewerToken: string;
	/** Of the second one's owner, for the second one. */
	foreignToken: string;
	people: { owner: TestMember; viewer: TestMember; foreigner: TestMember };
};

export async function makeTwoTenants({ url, testDatabase }: TestBackend): Promise<TwoTenants> {
	const [ada, eve, vera] = [await makeMember(url), await makeMember(url), await makeMember(url)];
	// Shared ones: a personal one refuses more, and the refusal would hide what is asked.
	const [{ id: adas }, { id: eves }] = [await makeWorkspace(ada), await makeWorkspace(eve)];
	await join(vera, ada, { workspaceId: adas, role: "viewer" });
	return {
		own: await fillTenant(testDatabase.database, { workspaceId: adas, userId: ada.userId }),
		foreign: await fillTenant(testDatabase.database, { workspaceId: eves, userId: eve.userId }),
		token: await ada.tokenIn(adas),
		viewerToken: await vera.tokenIn(adas),
		foreignToken: await eve.tokenIn(eves),
		people: { owner: ada, viewer: vera, foreigner: eve },
	};
}

export function idIn(ids: Ids, { resource, name }: IdPlace): string {
	const id = ids[resource];
	if (id === undefined) throw new Error(`test-tenant.ts needs a row for ${resource}: "${name}" of a route is its id.`);
	return id;
}

/** How a request goes out: over a socket, or straight to an app that listens nowhere. */
export type Ask = (path: string, token: string, init: RequestInit) => Promise<Response>;

export const askOver =
	(url: string): Ask =>
	(path, token, init) =>
		ask(url + path, token, init);

export type RouteAnswer = { route: string; status: number; headers: Record<string, string>; body: string };

/** All of an answer but what differs each time. */
export async function answerOf(route: Route, answer: Response): Promise<RouteAnswer> {
	const { date: _date, "x-request-id": _requestId, ...headers } = Object.fromEntries(answer.headers);
	const body = (await answer.text()).replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"');
	return { route: `${route.method} ${route.path}`, status: answer.status, headers, body };
}

export async function answerTo(
	send: Ask,
	route: Route,
	{ token, choose }: { token: string; choose: ChooseId },
): Promise<RouteAnswer> {
	const { path, init } = requestTo(route, choose);
	return await answerOf(route, await send(path, token, init));
}

/** A place of a route that takes an id: what the first tenant is told of the second one's, and of one that is not there. */
export async function comparedAt(
	send: Ask,
	{ own, foreign, token }: Pick<TwoTenants, "own" | "foreign" | "token">,
	{ route, place }: { route: Route; place: IdPlace },
): Promise<{ theirs: RouteAnswer; nobodys: RouteAnswer; leaked: string[] }> {
	const withId = async (id: string) => {
		const choose: ChooseId = (asked) => (asked === place ? id : idIn(own, asked));
		const answer = await answerTo(send, route, { token, choose });
		return { ...answer, body: answer.body.replaceAll(id, "the id") };
	};
	const [theirs, nobodys] = [await withId(idIn(foreign, place)), await withId(nobodysId(place))];
	return { theirs, nobodys, leaked: Object.values(foreign).filter((id) => theirs.body.includes(id)) };
}

/** Every tenant row of the database, each as one text, by workspace: to see whether anything changed. */
export async function rowsOf({ testDatabase }: TestBackend, token: string): Promise<string[]> {
	const { workspace, sub } = decodeJwt(token);
	const principal = {
		workspaceId: String(workspace),
		userId: String(sub),
		role: "owner",
		sessionId: null,
		deviceId: null,
	} as const;
	const tables = [
		"connections",
		"targets",
		"records",
		"operations",
		"deliveries",
		"delivery_attempts",
		"audit_log",
		"event_hooks",
		"recipes",
		"recipe_versions",
		"selections",
		"selection_runs",
		"source_rows",
		"blobs_meta",
	];
	return await testDatabase.database.asTenant(principal, async (sql) => {
		const found: string[] = [];
		for (const table of [...tables, "workspaces", "workspace_members"]) {
			const key = table === "workspaces" ? "id" : "workspace_id";
			const rows = await sql<{ row: string }[]>`
				select to_jsonb(t)::text as row from ${sql(`sheaf.${table}`)} t
				where ${sql(key)} = ${principal.workspaceId} order by 1`;
			found.push(...rows.map(({ row }) => `${table}: ${row}`));
		}
		return found;
	});
}

function nobodysId({ resource }: IdPlace): string {
	return resource === "blobs" ? randomHash() : Bun.randomUUIDv7();
}
