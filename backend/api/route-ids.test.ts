/** Generated from /openapi.json: every place of every route that takes an id, with another tenant's and with one that is not there. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "./testing/test-backend.ts";
import { type IdPlace, type Route, readDescription, routesOf } from "./testing/test-routes.ts";
import {
	answerTo,
	askOver,
	comparedAt,
	idIn,
	makeTwoTenants,
	rowsOf,
	type TwoTenants,
} from "./testing/test-two-tenants.ts";

let backend: TestBackend;
let routes: Route[];
let tenants: TwoTenants;
beforeAll(async () => {
	backend = await startTestBackend();
	routes = routesOf(await readDescription(backend.url)).filter(({ wants }) => wants === "token");
	tenants = await makeTwoTenants(backend);
});
afterAll(async () => {
	await backend.close();
});

/** Answered alike whether there was anything: Zapier would ask again and again otherwise. */
const goneIsFine = new Set(["DELETE /api/v1/zapier/hooks/{id}", "DELETE /api/v1/blobs/{sha256}/presence"]);

/** Every route once for each place where it takes an id. */
const places = () => routes.flatMap((route) => route.ids.map((place) => ({ route, place })));

test("TEN-3: there are places in paths, queries and bodies to look at", () => {
	expect(new Set(places().map(({ place }) => place.in))).toEqual(new Set(["path", "query", "body"]));
	expect(places().length).toBeGreaterThanOrEqual(30);
});

test("TEN-3: one's own ids are found: what follows is not refused for another reason", async () => {
	const { token, own } = tenants;
	for (const route of routes.filter(({ method, ids }) => method === "GET" && ids.length > 0)) {
		const choose = (place: IdPlace) => idIn(own, place);
		const { status, body } = await answerTo(askOver(backend.url), route, { token, choose });
		// Its bytes are not at the server, which is said of nobody else's.
		if (body.includes("blobs/not-stored")) continue;
		// Looking around asks the provider next, and there is none here.
		const expected = /\/(connections|sources)\/\{id\}\/(tables|rows|schema|profiles)$/.test(route.path) ? 400 : 200;
		expect({ path: route.path, status }).toEqual({ path: route.path, status: expected });
	}
});

test("TEN-3: another tenant's id and one that is not there get the same answer, headers and all, from every route", async () => {
	const before = await rowsOf(backend, tenants.foreignToken);
	for (const at of places()) {
		const { theirs, nobodys, leaked } = await comparedAt(askOver(backend.url), tenants, at);
		expect(theirs).toEqual(nobodys);
		const isGone = goneIsFine.has(theirs.route);
		if (at.place.in === "path" && !isGone) expect(theirs).toMatchObject({ route: theirs.route, status: 404 });
		expect({ route: theirs.route, leaked }).toEqual({ route: theirs.route, leaked: [] });
	}
	expect(await rowsOf(backend, tenants.foreignToken)).toEqual(before);
	expect(before.length).toBeGreaterThanOrEqual(5);
});
