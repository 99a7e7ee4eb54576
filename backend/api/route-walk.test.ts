import { afterAll, beforeAll, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { ask, errorCode, json, makePerson, type TestPerson } from "./testing/test-person.ts";
import { fillTenant } from "./testing/test-tenant.ts";

/** A path of /openapi.json with the methods it answers. */
type Operation = { security?: object[]; responses?: Record<string, { content?: Record<string, { schema: object }> }> };
type Description = { paths: Record<string, Record<string, Operation>>; components: { schemas: object } };
/** `secured`: a token is wanted; `guests`: and one may do without. */
type Route = { path: string; method: string; secured: boolean; guests: boolean };

let backend: TestBackend;
let description: Description;
let routes: Route[];
let token: string;
beforeAll(async () => {
	backend = await startTestBackend();
	token = (await (await makePerson(backend.url)).tokens()).access_token;
	description = await json<Description>(await fetch(`${backend.url}/openapi.json`));
	const { paths } = description;
	routes = Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, { security }]) => ({
			path,
			method: method.toUpperCase(),
			secured: (security ?? []).length > 0,
			guests: (security ?? []).some((way) => Object.keys(way).length === 0),
		})),
	);
});
afterAll(async () => {
	await backend.close();
});

const addressOf = (path: string, id: string = Bun.randomUUIDv7()) => backend.url + path.replaceAll(/\{\w+\}/g, id);
const workspaceOf = async (person: TestPerson) => {
	const { workspace, sub } = decodeJwt((await person.tokens()).access_token);
	return { workspaceId: String(workspace), userId: String(sub) };
};
/** The ways in are for whoever has no token yet. */
const api = () => routes.filter(({ path }) => path.startsWith("/api/v1/") && !path.startsWith("/api/v1/auth/"));

/** A body that fails every schema: who may not ask must hear that first. */
const nonsense = { body: '{"nonsense":true}', headers: { "content-type": "application/json" } };
const withBody = (method: string): RequestInit =>
	method === "GET" || method === "HEAD" ? { method } : { method, ...nonsense };

test("ID-6: /openapi.json describes the API, and every route under /api/v1 says that it wants a token", () => {
	expect(api().map(({ path }) => path)).toContain("/api/v1/users/me");
	expect(api().filter(({ secured }) => !secured)).toEqual([]);
});

test("every operation says what its failures look like, in a schema that is there", () => {
	const { paths, components } = description;
	expect(Object.keys(paths)).toContain("/.well-known/oauth-authorization-server");
	for (const [path, methods] of Object.entries(paths)) {
		for (const [method, { responses = {} }] of Object.entries(methods)) {
			const name = /^\/oauth\/(token|revoke|device_authorization)$/.test(path) ? "OAuthError" : "ErrorBody";
			expect({ path, method, schema: responses["default"]?.content?.["application/json"]?.schema }).toEqual({
				path,
				method,
				schema: { $ref: `#/components/schemas/${name}` },
			});
			expect(Object.keys(components.schemas)).toContain(name);
			expect(Object.keys(responses).some((status) => status.startsWith("2"))).toBe(true);
		}
	}
});

test("TEN-3: every route under /api/v1 refuses a stranger with auth/token-missing, whatever the body", async () => {
	expect(api().flatMap(({ path, guests }) => (guests ? [path] : []))).toEqual(["/api/v1/entitlements"]);
	for (const { path, method } of api().filter(({ guests }) => !guests)) {
		const answer = await fetch(addressOf(path), withBody(method));
		expect({ path, method, status: answer.status }).toEqual({ path, method, status: 401 });
		expect(await errorCode(answer)).toBe("auth/token-missing");
	}
});

test("TEN-3: every route under /api/v1 refuses nonsense for a token with auth/token-invalid", async () => {
	for (const { path, method } of api()) {
		const answer = await ask(addressOf(path), "a.b.c", withBody(method));
		expect({ path, method, code: await errorCode(answer) }).toEqual({ path, method, code: "auth/token-invalid" });
	}
});

test("TEN-3: another tenant's id and one that is not there get the same 404 from every route with an id", async () => {
	const foreign = await fillTenant(backend.testDatabase.database, await workspaceOf(await makePerson(backend.url)));
	const withId = api().filter(({ path }) => path.includes("{"));
	for (const { path, method } of withId) {
		const resource = path.split("/{")[0]?.split("/").at(-1) ?? "";
		const init: RequestInit = method === "GET" ? { method } : { method, headers: nonsense.headers, body: "{}" };
		const answers = [foreign[resource], Bun.randomUUIDv7()].map(async (id) => {
			if (id === undefined) throw new Error(`test-tenant.ts needs a row for ${resource}: its routes take an id.`);
			const answer = await ask(addressOf(path, id), token, init);
			return { path, method, status: answer.status, code: await errorCode(answer) };
		});
		const [other, absent] = await Promise.all(answers);
		expect(other).toMatchObject({ path, method, status: 404 });
		expect(other).toEqual(absent);
	}
});
