/** Generated from /openapi.json: every place of every route that takes an id, with another tenant's and with one that is not there. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { makeMember, makeWorkspace } from "./testing/test-member.ts";
import { ask } from "./testing/test-person.ts";
import {
	type ChooseId,
	type IdPlace,
	type Route,
	readDescription,
	requestTo,
	routesOf,
} from "./testing/test-routes.ts";
import { fillTenant } from "./testing/test-tenant.ts";

type Ids = Readonly<Record<string, string>>;

let backend: TestBackend;
let routes: Route[];
let own: Ids;
let foreign: Ids;
let token: string;
beforeAll(async () => {
	backend = await startTestBackend();
	routes = routesOf(await readDescription(backend.url)).filter(({ wants }) => wants === "token");
	const [ada, eve] = [await makeMember(backend.url), await makeMember(backend.url)];
	const { database } = backend.testDatabase;
	// A shared workspace: one's own personal one refuses more, and the refusal would hide what is asked here.
	const [{ id: adas }, { id: eves }] = [await makeWorkspace(ada), await makeWorkspace(eve)];
	own = await fillTenant(database, { workspaceId: adas, userId: ada.userId });
	foreign = await fillTenant(database, { workspaceId: eves, userId: eve.userId });
	token = await ada.tokenIn(adas);
});
afterAll(async () => {
	await backend.close();
});

function idIn(ids: Ids, { resource, name }: IdPlace): string {
	const id = ids[resource];
	if (id === undefined) throw new Error(`test-tenant.ts needs a row for ${resource}: "${name}" of a route is its id.`);
	return id;
}

async function answerTo(route: Route, choose: ChooseId) {
	const { path, init } = requestTo(route, choose);
	const answer = await ask(backend.url + path, token, init);
	const { date: _date, "x-request-id": _requestId, ...headers } = Object.fromEntries(answer.headers);
	return { route: `${route.method} ${route.path}`, status: answer.status, headers, body: await answer.text() };
}

/** Every route once for each place where it takes an id. */
const places = () => routes.flatMap((route) => route.ids.map((place) => ({ route, place })));

test("TEN-3: there are places in paths, queries and bodies to look at", () => {
	expect(new Set(places().map(({ place }) => place.in))).toEqual(new Set(["path", "query", "body"]));
	expect(places().length).toBeGreaterThanOrEqual(30);
});

test("TEN-3: one's own ids are found: what follows is not refused for another reason", async () => {
	for (const route of routes.filter(({ method, ids }) => method === "GET" && ids.length > 0)) {
		const { status } = await answerTo(route, (place) => idIn(own, place));
		// Discovery asks the provider next, and there is none here.
		const expected = route.path.endsWith("/tables") ? 400 : 200;
		expect({ path: route.path, status }).toEqual({ path: route.path, status: expected });
	}
});

test("TEN-3: another tenant's id and one that is not there get the same answer, headers and all, from every route", async () => {
	for (const { route, place: asked } of places()) {
		const withId = async (id: string) => {
			const answer = await answerTo(route, (place) => (place === asked ? id : idIn(own, place)));
			return { ...answer, body: answer.body.replaceAll(id, "the id") };
		};
		const [theirs, nobodys] = [await withId(idIn(foreign, asked)), await withId(Bun.randomUUIDv7())];
		expect(theirs).toEqual(nobodys);
		if (asked.in === "path") expect(theirs).toMatchObject({ route: theirs.route, status: 404 });
		expect({ route: theirs.route, told: Object.values(foreign).filter((id) => theirs.body.includes(id)) }).toEqual({
			route: theirs.route,
			told: [],
		});
	}
});

test("TEN-3: after all of that nothing of the other tenant has changed", async () => {
	const changed = await backend.testDatabase.database.asTenant(
		{
			workspaceId: foreign["workspaces"] ?? "",
			userId: foreign["members"] ?? "",
			role: "owner",
			sessionId: null,
			deviceId: null,
		},
		(sql) => sql`
			select (select count(*)::int from sheaf.connections where name = 'Airtable') as connections,
				(select count(*)::int from sheaf.targets where name = 'Reading list' and status = 'active') as targets,
				(select count(*)::int from sheaf.records where version = 1) as records,
				(select count(*)::int from sheaf.workspace_members where role = 'owner') as owners`,
	);
	expect([...changed]).toEqual([{ connections: 1, targets: 1, records: 1, owners: 1 }]);
});
