import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ActivityPage } from "../../contract/activity.ts";
import type { RecipeList, RecipeSettings, RecipeView } from "../../contract/recipes.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeTeam, type TestTeam } from "../testing/test-member.ts";

// A backend is started and a team signs up.
setDefaultTimeout(60_000);

let backend: TestBackend;
let team: TestTeam;
beforeAll(async () => {
	backend = await startTestBackend();
	team = await makeTeam(backend.url);
});
afterAll(() => backend.close());

const shop = (more: object = {}): RecipeSettings => ({
	name: "Shop",
	host: "*.shop.example",
	path: "/p/*",
	kind: "product",
	fields: [{ name: "price", type: "currency", selectors: ["[itemprop=price]"], transforms: [{ kind: "trim" }] }],
	...more,
});

const post = async (who: "member" | "viewer", recipe: object = shop()) =>
	await (await team[who].sendIn(team.id))("POST", "/recipes", { id: Bun.randomUUIDv7(), recipe });

test("CAP-4: what a member makes the whole workspace has, and a viewer may look and not touch", async () => {
	const made = await post("member");
	expect(made.status).toBe(200);
	const { id } = made.body as RecipeView;
	const viewer = await team.viewer.sendIn(team.id);
	expect(((await viewer("GET", "/recipes")).body as RecipeList).recipes).toContainEqual(made.body as RecipeView);
	expect((await viewer("GET", `/recipes/${id}/versions`)).body).toMatchObject({ versions: [{ version: 1 }] });
	const change = { basedOn: 1, recipe: shop({ name: "Mine" }) };
	for (const refused of [
		await post("viewer"),
		await viewer("PATCH", `/recipes/${id}`, change),
		await viewer("POST", `/recipes/${id}/restore`, { version: 1 }),
		await viewer("DELETE", `/recipes/${id}`),
	]) {
		expect(refused).toMatchObject({ status: 403, code: "auth/forbidden" });
	}
	const admin = await team.admin.sendIn(team.id);
	expect(await admin("PATCH", `/recipes/${id}`, change)).toMatchObject({ status: 200, body: { version: 2 } });
	expect(await admin("PATCH", `/recipes/${id}`, change)).toMatchObject({
		status: 409,
		code: "recipes/version-conflict",
	});
	expect((await admin("DELETE", `/recipes/${id}`)).status).toBe(204);
	expect(await admin("GET", `/recipes/${id}`)).toMatchObject({ status: 404, code: "recipes/not-found" });
});

test("SYNC-8: who did what to a recipe is in the activity, by its name", async () => {
	const { id } = (await post("member", shop({ name: "Audited" }))).body as RecipeView;
	const admin = await team.admin.sendIn(team.id);
	await admin("DELETE", `/recipes/${id}`);
	const { entries } = (await admin("GET", `/activity?about=recipe&subjectId=${id}`)).body as ActivityPage;
	expect(entries.map(({ action, subject }) => [action, subject.name])).toEqual([
		["recipe.delete", "Audited"],
		["recipe.create", "Audited"],
	]);
});

test.each([
	["no fields", { fields: [] }],
	["no host", { host: "" }],
	["a host with a path", { host: "shop.example/p" }],
	["a path that does not begin at the root", { path: "p" }],
	["a selector of nothing", { fields: [{ name: "a", type: "text", selectors: [""] }] }],
	["a type nobody knows", { fields: [{ name: "a", type: "script", selectors: ["a"] }] }],
	[
		"a step with a pattern",
		{ fields: [{ name: "a", type: "text", selectors: ["a"], transforms: [{ kind: "regex" }] }] },
	],
	["an attribute that is none", { fields: [{ name: "a", type: "text", selectors: ["a"], attribute: "on load" }] }],
])("CAP-4: a recipe with %s is refused", async (_what, wrong) => {
	expect(await post("member", shop(wrong))).toMatchObject({ status: 400, code: "request/invalid" });
});
