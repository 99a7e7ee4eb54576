/**
 * TEN-3: token → policy table → row-level security, and each statement names its workspace besides. Each layer is switched off here, and
 * what is left still answers as it should.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type AnyElysia, Elysia } from "elysia";
import { decodeJwt } from "jose";
import { switchRowSecurityOff } from "../db/test-row-security.ts";
import { permissionsByRole, roleMay } from "../workspaces/policy.ts";
import { completeDeps } from "./complete-deps.ts";
import { answerErrors } from "./plugins/errors.ts";
import { readBody } from "./plugins/read-body.ts";
import { rememberPrincipal } from "./plugins/require-auth.ts";
import { routes as modules } from "./routes.ts";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { type Route, readDescription, requestTo, routesOf } from "./testing/test-routes.ts";
import {
	type Ask,
	answerOf,
	answerTo,
	askOver,
	comparedAt,
	idIn,
	makeTwoTenants,
	rowsOf,
	type TwoTenants,
} from "./testing/test-two-tenants.ts";

let backend: TestBackend;
let tenants: TwoTenants;
let routes: Route[];
beforeAll(async () => {
	backend = await startTestBackend();
	tenants = await makeTwoTenants(backend);
	routes = routesOf(await readDescription(backend.url)).filter(({ wants }) => wants === "token");
});
afterAll(async () => {
	await backend.close();
});

/** The routes behind another gate than the real one. */
async function behind(gate: AnyElysia): Promise<Ask> {
	const deps = completeDeps(backend.deps);
	const app = new Elysia().use(answerErrors(deps.log, deps.metrics)).use(gate).use(readBody());
	for (const route of modules) app.use(await route(deps));
	await app.modules;
	return async (path, token, init) => {
		const headers = new Headers(init.headers);
		if (token !== "") headers.set("authorization", `Bearer ${token}`);
		return await app.handle(new Request(`http://localhost${path}`, { ...init, headers }));
	};
}

/** None in an answer that has no body: what is taken away twice is away. */
const codeIn = (body: string) =>
	body === "" ? undefined : (JSON.parse(body) as { error?: { code: string } }).error?.code;

/** Each route's answer to a well-formed request with the first tenant's own ids. */
async function answersTo(send: Ask, asked: readonly Route[], token: string) {
	const answers = [];
	for (const route of asked) {
		const { status, body } = await answerTo(send, route, { token, choose: (place) => idIn(tenants.own, place) });
		answers.push({ route: `${route.method} ${route.path}`, status, code: codeIn(body) });
	}
	return answers;
}

const allAnswer = (asked: readonly Route[], status: number, code: string) =>
	asked.map(({ method, path }) => ({ route: `${method} ${path}`, status, code }));

describe("without the first layer", () => {
	test("TEN-3: where nobody asks for a token, every route still refuses who has no principal", async () => {
		const send = await behind(new Elysia());
		expect(await answersTo(send, routes, "")).toEqual(allAnswer(routes, 401, "auth/token-missing"));
		expect(await answersTo(send, routes, tenants.token)).toEqual(allAnswer(routes, 401, "auth/token-missing"));
	});

	test("TEN-3: and a handler that asked for nobody would get no row", async () => {
		const nobody = { userId: "", workspaceId: "", role: "owner", sessionId: null, deviceId: null } as const;
		const found = await backend.testDatabase.database.asTenant(
			nobody,
			(sql) => sql`
				select from sheaf.records union all select from sheaf.connections union all select from sheaf.targets
				union all select from sheaf.workspaces union all select from sheaf.user_settings`,
		);
		expect(found).toHaveLength(0);
	});

	/** A gate that takes a token's word for it: no signature, no end, no audience. The session is still looked up. */
	const believing = () => {
		const { identity } = completeDeps(backend.deps);
		return new Elysia().onRequest(async ({ request }) => {
			const claims = decodeJwt((request.headers.get("authorization") ?? "").replace("Bearer ", ""));
			const { principal } = await identity.standing.check(
				{
					userId: String(claims.sub),
					workspaceId: String(claims["workspace"]),
					role: "owner",
					sessionId: String(claims["session"]),
					deviceId: String(claims["device"]),
				},
				true,
			);
			rememberPrincipal(request, principal);
		});
	};

	const forged = (token: string, claims: object) => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
		return `${part({ alg: "none" })}.${part({ ...decodeJwt(token), ...claims })}.`;
	};

	test("TEN-3: where no signature is checked, a token for somebody else's workspace is of no use", async () => {
		const send = await behind(believing());
		const token = forged(tenants.foreignToken, { workspace: tenants.own["workspaces"] });
		expect(await answersTo(send, routes, token)).toEqual(allAnswer(routes, 401, "auth/session-revoked"));
	});

	test("TEN-3: where no signature is checked, a viewer who says owner is still a viewer", async () => {
		const send = await behind(believing());
		const refused = viewersNot(routes);
		expect(await answersTo(send, refused, forged(tenants.viewerToken, { role: "owner" }))).toEqual(
			allAnswer(refused, 403, "auth/forbidden"),
		);
	});
});

/** Routes whose permission a viewer lacks, as the policy table is when nobody has touched it. */
function viewersNot(among: readonly Route[]): Route[] {
	return among.filter(
		({ permission }) => permission !== null && permission !== "none" && !roleMay("viewer", permission),
	);
}

describe("without the second layer: the policy table allows everything", () => {
	const viewers = permissionsByRole.viewer;
	/** Members and invitations are identity's, whose role sees all of them: there the table is asked twice, and row-level security never. */
	const underRowSecurity = () => viewersNot(routes).filter(({ path }) => !path.startsWith("/api/v1/workspaces"));
	let asked: Route[];
	beforeAll(() => {
		asked = underRowSecurity();
		Object.assign(permissionsByRole, { viewer: permissionsByRole.owner });
	});
	afterAll(() => {
		Object.assign(permissionsByRole, { viewer: viewers });
	});

	test("TEN-3: row-level security lets a viewer change nothing, whatever they ask", async () => {
		const before = await rowsOf(backend, tenants.token);
		const answers = await answersTo(askOver(backend.url), asked, tenants.viewerToken);
		expect(answers.length).toBeGreaterThanOrEqual(10);
		expect(answers.filter(({ code }) => code === "server/internal")).toEqual([]);
		expect(await rowsOf(backend, tenants.token)).toEqual(before);
	});

	test("TEN-3: a viewer's record is refused by row-level security itself, and nothing else", async () => {
		const record = {
			id: Bun.randomUUIDv7(),
			kind: "page",
			version: 1,
			capturedAt: new Date().toISOString(),
			source: { url: "https://example.test/", title: "" },
			fields: {},
		};
		const operations = [{ id: Bun.randomUUIDv7(), kind: "record.put", targetId: null, record }];
		const init = {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ operations }),
		};
		const put = async (token: string) => {
			const answer = await askOver(backend.url)("/api/v1/writes/batch", token, init);
			return { status: answer.status, body: await answer.text() };
		};
		const { status, body } = await put(tenants.viewerToken);
		expect({ status, code: codeIn(body) }).toEqual({ status: 403, code: "auth/forbidden" });
		expect((await put(tenants.token)).status).toBe(200);
	});

	test("TEN-3: a token is still wanted, and another tenant's rows are still not there", async () => {
		const strangers = await behindNothing();
		expect(await answersTo(strangers, asked, "")).toEqual(allAnswer(asked, 401, "auth/token-missing"));
		for (const route of asked) {
			for (const place of route.ids) {
				const scene = { own: tenants.own, foreign: tenants.foreign, token: tenants.viewerToken };
				const { theirs, nobodys } = await comparedAt(askOver(backend.url), scene, { route, place });
				expect(theirs).toEqual(nobodys);
			}
		}
	});
});

/** The real app without a token. */
async function behindNothing(): Promise<Ask> {
	return (path, _token, init) => fetch(backend.url + path, init);
}

describe("without the third layer: row-level security is off in every table", () => {
	let open: TestBackend;
	let scene: TwoTenants;
	beforeAll(async () => {
		open = await startTestBackend();
		scene = await makeTwoTenants(open);
		await switchRowSecurityOff(open.testDatabase.url);
	});
	afterAll(async () => {
		await open.close();
	});

	test("TEN-3: it is off: past the API one tenant reads the other's records", async () => {
		const { workspace, sub } = decodeJwt(scene.token);
		const rows = await open.testDatabase.database.asTenant(
			{ userId: String(sub), workspaceId: String(workspace), role: "owner", sessionId: null, deviceId: null },
			(sql) => sql`select from sheaf.records where workspace_id <> sheaf.current_workspace()`,
		);
		expect(rows.length).toBeGreaterThan(0);
	});

	test("TEN-3: a stranger and a viewer are refused as ever", async () => {
		for (const route of routes) {
			const { path, init } = requestTo(route, (place) => idIn(scene.own, place));
			const { status } = await answerOf(route, await fetch(open.url + path, init));
			expect({ path: route.path, status }).toEqual({ path: route.path, status: 401 });
		}
		for (const route of viewersNot(routes)) {
			const choose = (place: Parameters<typeof idIn>[1]) => idIn(scene.own, place);
			const { status } = await answerTo(askOver(open.url), route, { token: scene.viewerToken, choose });
			expect({ path: route.path, status }).toEqual({ path: route.path, status: 403 });
		}
	});

	test("TEN-3: by no id does one tenant find another's row, because each statement names the workspace", async () => {
		const before = await rowsOf(open, scene.foreignToken);
		for (const route of routes) {
			for (const place of route.ids) {
				const { theirs, nobodys, leaked } = await comparedAt(askOver(open.url), scene, { route, place });
				expect(theirs).toEqual(nobodys);
				expect({ route: theirs.route, leaked }).toEqual({ route: theirs.route, leaked: [] });
			}
		}
		expect(await rowsOf(open, scene.foreignToken)).toEqual(before);
	});

	test("TEN-3: and no list holds another's rows", async () => {
		const lists = routes.filter(
			({ method, ids, path }) =>
				// An archive, a stream without an end, and what needs Electric: their own tests look into them.
				method === "GET" && ids.every((id) => id.in === "query") && !/\/(me\/export|live|shape)$/.test(path),
		);
		expect(lists.length).toBeGreaterThanOrEqual(8);
		for (const route of lists) {
			const answer = await askOver(open.url)(route.path, scene.token, { method: "GET" });
			const body = await answer.text();
			const leaked = Object.values(scene.foreign).filter((id) => body.includes(id));
			expect({ path: route.path, status: answer.status, leaked }).toEqual({
				path: route.path,
				status: 200,
				leaked: [],
			});
		}
	});
});
