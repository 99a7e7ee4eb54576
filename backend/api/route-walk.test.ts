import { afterAll, beforeAll, expect, test } from "bun:test";
import { createApp } from "./app.ts";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { expired, forAnother } from "./testing/test-forgery.ts";
import { ask, errorCode, makePerson } from "./testing/test-person.ts";
import { type Description, type Route, readDescription, routesOf } from "./testing/test-routes.ts";

let backend: TestBackend;
let description: Description;
let routes: Route[];
let token: string;
beforeAll(async () => {
	backend = await startTestBackend();
	token = (await (await makePerson(backend.url)).tokens()).access_token;
	description = await readDescription(backend.url);
	routes = routesOf(description);
});
afterAll(async () => {
	await backend.close();
});

/** Everybody may ask these: whoever does has no token yet, or is no person. All others want one. */
const publicRoutes = [
	/^\/api\/v1\/(auth|provider-hooks)\//,
	/^\/webhooks\//,
	/^\/triggers\//,
	/^\/oauth\//,
	/^\/\.well-known\//,
];
const publicPaths = ["/", "/healthz", "/readyz", "/metrics"];
/** Not in the document: pages for people, and the document itself. */
const pages = [
	/^\/oauth\//,
	/^\/invite\//,
	/^\/connections\/(start|callback)$/,
	/^\/device$/,
	/^\/admin\/queues/,
	/^\/$/,
	/^\/openapi\.json$/,
];

const api = () => routes.filter(({ wants }) => wants !== "nothing");
const addressOf = ({ path }: Route) => backend.url + path.replaceAll(/\{\w+\}/g, () => Bun.randomUUIDv7());

/** A body that fails every schema: who may not ask must hear that first. */
const nonsense = { body: '{"nonsense":true}', headers: { "content-type": "application/json" } };
const withBody = ({ method }: Route): RequestInit => (method === "GET" ? { method } : { method, ...nonsense });

/** What each route answers, as one list to compare with a promise. */
async function answersTo(asked: readonly Route[], ask: (route: Route) => Promise<Response>) {
	const answers = [];
	for (const route of asked) {
		const answer = await ask(route);
		const challenge = answer.headers.get("www-authenticate");
		answers.push({
			method: route.method,
			path: route.path,
			status: answer.status,
			code: await errorCode(answer),
			challenge,
		});
	}
	return answers;
}

const promised = (asked: readonly Route[], answer: { status: number; code: string; challenge: string }) =>
	asked.map(({ method, path }) => ({ method, path, ...answer }));

test("ID-6: every route of the API wants a token, but for those on the list of public ones", () => {
	const open = routes.filter(({ wants }) => wants === "nothing").map(({ path }) => path);
	expect(open.filter((path) => !publicPaths.includes(path) && !publicRoutes.some((form) => form.test(path)))).toEqual(
		[],
	);
	expect(api().map(({ path }) => path)).toContain("/api/v1/users/me");
	expect(api().filter(({ path }) => !path.startsWith("/api/v1/"))).toEqual([]);
	expect(routes.filter(({ wants }) => wants === "optional token").map(({ path }) => path)).toEqual([
		"/api/v1/entitlements",
	]);
});

test("ID-7: /openapi.json tells of each route which permission its own check asks for, and of no other route any", () => {
	for (const { path, method, wants, permission } of routes) {
		expect({ path, method, checked: permission !== null }).toEqual({ path, method, checked: wants === "token" });
	}
	expect(new Set(routes.map(({ permission }) => permission))).toContain("workspace:own");
});

test("TEN-3: what is not in the document is a page for people, and no route of the API", async () => {
	const app = await createApp(backend.deps);
	const described = new Set(routes.map(({ method, path }) => `${method} ${path}`));
	const hidden = app.routes
		.map(({ method, path }) => ({ method, path: path.replaceAll(/:(\w+)/g, "{$1}") }))
		.filter(({ method, path }) => !described.has(`${method} ${path}`));
	expect(hidden.length).toBeGreaterThan(0);
	expect(hidden.filter(({ path }) => !pages.some((form) => form.test(path)))).toEqual([]);
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

test("TEN-3: every route refuses a stranger with auth/token-missing, whatever the body", async () => {
	const asked = api().filter(({ wants }) => wants === "token");
	expect(await answersTo(asked, (route) => fetch(addressOf(route), withBody(route)))).toEqual(
		promised(asked, { status: 401, code: "auth/token-missing", challenge: 'Bearer realm="sheaf"' }),
	);
});

const invalid = {
	status: 401,
	code: "auth/token-invalid",
	challenge: 'Bearer realm="sheaf", error="invalid_token", error_description="The token is not valid"',
};
const outOfTime = {
	status: 401,
	code: "auth/token-expired",
	challenge: 'Bearer realm="sheaf", error="invalid_token", error_description="The token has expired"',
};

const badTokens = [
	{ what: "nonsense for a token", forge: async () => "a.b.c", answer: invalid },
	{ what: "a token that was made for another audience", forge: () => forAnother(backend, token), answer: invalid },
	{ what: "a token that has expired", forge: () => expired(backend, token), answer: outOfTime },
];

test.each(badTokens)(
	"TEN-3: every route refuses $what with $answer.code, whatever the body",
	async ({ forge, answer }) => {
		const bad = await forge();
		expect(await answersTo(api(), (route) => ask(addressOf(route), bad, withBody(route)))).toEqual(
			promised(api(), answer),
		);
	},
);
