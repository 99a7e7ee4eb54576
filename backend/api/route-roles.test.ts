/** Generated from /openapi.json: every role at every route, with rows of the workspace and a body that its schema accepts. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Role } from "../contract/users.ts";
import { roleMay } from "../workspaces/policy.ts";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { join, makeMember, makeTeam, type TestTeam } from "./testing/test-member.ts";
import { ask, json } from "./testing/test-person.ts";
import { type Route, readDescription, requestTo, routesOf } from "./testing/test-routes.ts";
import { fillTenant } from "./testing/test-tenant.ts";

/** About a dozen people sign up. */
const patienceMs = 60_000;

let backend: TestBackend;
let routes: Route[];
let team: TestTeam;
beforeAll(async () => {
	backend = await startTestBackend();
	routes = routesOf(await readDescription(backend.url)).filter(({ wants }) => wants === "token");
	team = await makeTeam(backend.url);
});
afterAll(async () => {
	await backend.close();
});

type Asker = { token: string; ids: Record<string, string> };

async function send(route: Route, { token, ids }: Asker) {
	const { path, init } = requestTo(route, ({ resource }) => ids[resource] ?? "");
	const answer = await ask(backend.url + path, token, init);
	const body = (answer.headers.get("content-type") ?? "").startsWith("application/json")
		? await json<object>(answer)
		: {};
	return { route: `${route.method} ${route.path}`, status: answer.status, body };
}

const mayNot = (role: Role) =>
	routes.flatMap((route) => {
		const { permission } = route;
		return permission === null || permission === "none" || roleMay(role, permission) ? [] : [{ route, permission }];
	});

test.each(["admin", "member", "viewer"] as const)(
	"ID-7: as %s, every route that the role lacks the permission for says auth/forbidden, and which permission that is",
	async (role) => {
		const { userId, tokenIn } = team[role];
		const ids = await fillTenant(backend.testDatabase.database, { workspaceId: team.id, userId });
		const token = await tokenIn(team.id);
		expect(mayNot(role).length).toBeGreaterThan(0);
		for (const { route, permission } of mayNot(role)) {
			expect(await send(route, { token, ids })).toMatchObject({
				route: `${route.method} ${route.path}`,
				status: 403,
				body: { error: { code: "auth/forbidden", details: { permission } } },
			});
		}
	},
);

test("ID-7: a viewer is refused every route that writes to the workspace", () => {
	const refused = new Set(mayNot("viewer").map(({ route }) => route));
	const writing = routes.filter(({ method, path }) => method !== "GET" && !/^\/api\/v1\/(users|invites)\//.test(path));
	const open = writing.filter((route) => !refused.has(route)).map(({ method, path }) => `${method} ${path}`);
	// Asked for with a body, because of the conditions or because there are many; nothing is written.
	const asking = ["POST /api/v1/sources/{id}/rows", "POST /api/v1/blobs/lookup"];
	expect(open.filter((route) => !asking.includes(route)).toSorted()).toEqual([
		"POST /api/v1/diagnostics",
		"POST /api/v1/replication/token",
		"POST /api/v1/workspaces",
		"POST /api/v1/workspaces/{id}/leave",
	]);
});

/** A person of their own each, because some of these routes sign out, leave, or delete the account. */
async function newViewer(): Promise<Asker> {
	const viewer = await makeMember(backend.url);
	await join(viewer, team.owner, { workspaceId: team.id, role: "viewer" });
	const ids = await fillTenant(backend.testDatabase.database, { workspaceId: team.id, userId: viewer.userId });
	return { token: await viewer.tokenIn(team.id), ids };
}

test(
	"ID-7: a viewer is let in everywhere else",
	async () => {
		const refused = new Set(mayNot("viewer").map(({ route }) => route));
		const reader = await newViewer();
		for (const route of routes.filter((one) => !refused.has(one))) {
			const { status, body } = await send(route, route.method === "GET" ? reader : await newViewer());
			const shut = [401, 403, ...(route.path.includes("{") ? [404] : [])];
			const { method, path } = route;
			// Let in, and told that this picture's bytes are on a device.
			if (JSON.stringify(body).includes("blobs/not-stored")) continue;
			expect({ method, path, body, shut: shut.includes(status) || status >= 500 }).toMatchObject({ shut: false });
		}
	},
	patienceMs,
);
