import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { RecipeSettings, RecipeView } from "../contract/recipes.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { SheafError } from "../errors.ts";
import { changeRecipe, restoreRecipe } from "./change-recipe.ts";
import { createRecipe } from "./create-recipe.ts";
import { getRecipe, listRecipes, listVersions } from "./read-recipes.ts";
import { removeRecipe } from "./remove-recipe.ts";

// A database is started for this file.
setDefaultTimeout(60_000);

let db: TestDatabase;
let ada: Principal;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	ada = await createTestTenant(db.database);
});

const deps = () => ({ database: db.database });
const shop = (more: Partial<RecipeSettings> = {}): RecipeSettings => ({
	name: "Shop",
	host: "shop.example",
	path: "/p/*",
	kind: "product",
	fields: [{ name: "price", type: "currency", selectors: [".price", "label=Price"] }],
	...more,
});
const make = (recipe = shop(), who = ada): Promise<RecipeView> =>
	createRecipe(deps(), who, { id: Bun.randomUUIDv7(), recipe });
const code = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => "done",
		(error: unknown) => (error instanceof SheafError ? error.code : "a defect"),
	);
const actions = async (who = ada): Promise<string[]> => {
	const rows = await db.database.asTenant(
		who,
		async (sql) => await sql<{ action: string }[]>`select action from sheaf.audit_log order by id`,
	);
	return rows.map(({ action }) => action);
};

test("CAP-4: a recipe is kept as it was sent, and sent again it is there once", async () => {
	const id = Bun.randomUUIDv7();
	const made = await createRecipe(deps(), ada, { id, recipe: shop() });
	expect(made).toMatchObject({ id, version: 1, recipe: shop() });
	expect(await createRecipe(deps(), ada, { id, recipe: shop({ name: "Other" }) })).toEqual(made);
	expect(await listRecipes(deps(), ada)).toEqual([made]);
	expect(await actions()).toEqual(["recipe.create"]);
});

test("CAP-4: every change is a version, the same content is none, and each version is kept", async () => {
	const { id } = await make();
	const change = { basedOn: 1, recipe: shop({ name: "Better" }) };
	expect(await changeRecipe(deps(), ada, { id, change })).toMatchObject({ version: 2, recipe: { name: "Better" } });
	expect(await changeRecipe(deps(), ada, { id, change: { ...change, basedOn: 2 } })).toMatchObject({ version: 2 });
	const versions = await listVersions(deps(), ada, id);
	expect(versions.map(({ version, recipe }) => [version, recipe.name])).toEqual([
		[2, "Better"],
		[1, "Shop"],
	]);
	expect(await actions()).toEqual(["recipe.create", "recipe.update"]);
});

test("CAP-4: a change of what somebody else has changed meanwhile is refused; of many at once one is made", async () => {
	const { id } = await make();
	const changes = ["A", "B", "C"].map((name) => ({ basedOn: 1, recipe: shop({ name }) }));
	const codes = await Promise.all(changes.map((change) => code(changeRecipe(deps(), ada, { id, change }))));
	expect(codes.toSorted()).toEqual(["done", "recipes/version-conflict", "recipes/version-conflict"]);
	expect(await getRecipe(deps(), ada, id)).toMatchObject({ version: 2 });
});

test("CAP-4: restoring a version makes it the newest, and says which one it was", async () => {
	const { id } = await make();
	await changeRecipe(deps(), ada, { id, change: { basedOn: 1, recipe: shop({ name: "Worse" }) } });
	expect(await restoreRecipe(deps(), ada, { id, version: 1 })).toMatchObject({ version: 3, recipe: shop() });
	expect((await listVersions(deps(), ada, id))[0]).toMatchObject({ version: 3, restoredFrom: 1 });
	expect(await code(restoreRecipe(deps(), ada, { id, version: 9 }))).toBe("recipes/version-unknown");
});

test("CAP-4: a deleted recipe is nowhere, can be restored, and is gone for good after 30 days", async () => {
	const [kept, old] = [await make(), await make(shop({ name: "Old" }))];
	for (const { id } of [kept, old]) await removeRecipe(deps(), ada, id);
	expect(await listRecipes(deps(), ada)).toEqual([]);
	expect(await code(getRecipe(deps(), ada, kept.id))).toBe("recipes/not-found");
	expect(await code(removeRecipe(deps(), ada, kept.id))).toBe("recipes/not-found");
	expect(await code(createRecipe(deps(), ada, { id: kept.id, recipe: shop() }))).toBe("recipes/not-found");
	expect(await restoreRecipe(deps(), ada, { id: kept.id, version: 1 })).toMatchObject({ version: 2, recipe: shop() });
	await db.database.asTenant(
		ada,
		(sql) => sql`update sheaf.recipes set deleted_at = now() - interval '31 days' where id = ${old.id}`,
	);
	await removeRecipe(deps(), ada, kept.id);
	expect(await code(restoreRecipe(deps(), ada, { id: old.id, version: 1 }))).toBe("recipes/not-found");
	expect(await restoreRecipe(deps(), ada, { id: kept.id, version: 2 })).toMatchObject({ version: 3 });
});

test("CAP-4: the last 100 versions are kept", async () => {
	const { id } = await make();
	await db.database.asTenant(ada, async (sql) => {
		await sql`
			insert into sheaf.recipe_versions (recipe_id, version, recipe)
			select ${id}, n, ${JSON.stringify(shop())}::text::jsonb from generate_series(2, 100) n`;
		await sql`update sheaf.recipes set version = 100 where id = ${id}`;
	});
	await changeRecipe(deps(), ada, { id, change: { basedOn: 100, recipe: shop({ name: "Last" }) } });
	const versions = await listVersions(deps(), ada, id);
	expect([versions.length, versions.at(-1)?.version]).toEqual([100, 2]);
});

test("TEN-3: another tenant's recipe is not there, whatever is asked; the same id is theirs to use", async () => {
	const eve = await createTestTenant(db.database);
	const { id } = await make();
	const asked = [
		getRecipe(deps(), eve, id),
		listVersions(deps(), eve, id),
		changeRecipe(deps(), eve, { id, change: { basedOn: 1, recipe: shop({ name: "Mine" }) } }),
		restoreRecipe(deps(), eve, { id, version: 1 }),
		removeRecipe(deps(), eve, id),
	];
	expect(await Promise.all(asked.map(code))).toEqual(asked.map(() => "recipes/not-found"));
	expect(await listRecipes(deps(), eve)).toEqual([]);
	expect(await createRecipe(deps(), eve, { id, recipe: shop({ name: "Theirs" }) })).toMatchObject({ version: 1 });
	expect(await getRecipe(deps(), ada, id)).toMatchObject({ recipe: { name: "Shop" } });
});

const fill = (count: number, deleted: string | null = null) =>
	db.database.asTenant(
		ada,
		(sql) => sql`
			insert into sheaf.recipes (id, deleted_at)
			select uuidv7(), now() - ${deleted}::interval from generate_series(1, ${count}::integer)`,
	);

test("CAP-4: a workspace holds 500, and says so; what was lost on the way is answered there too", async () => {
	const made = await make();
	await fill(499);
	expect(await code(make())).toBe("recipes/too-many");
	expect(await createRecipe(deps(), ada, { id: made.id, recipe: shop() })).toEqual(made);
});

test("CAP-4: of many made at once no more are taken than there is room for", async () => {
	await fill(498);
	const codes = await Promise.all(Array.from({ length: 5 }, () => code(make())));
	expect(codes.toSorted()).toEqual(["done", "done", "recipes/too-many", "recipes/too-many", "recipes/too-many"]);
});

test("CAP-4: a deleted recipe counts as long as it can be restored", async () => {
	await fill(500, "29 days");
	expect(await code(make())).toBe("recipes/too-many");
	ada = await createTestTenant(db.database);
	await fill(500, "31 days");
	expect(await code(make())).toBe("done");
});

test("CAP-4: a deleted recipe is restored only where there is room for it", async () => {
	const { id } = await make();
	await removeRecipe(deps(), ada, id);
	await fill(500);
	expect(await code(restoreRecipe(deps(), ada, { id, version: 1 }))).toBe("recipes/too-many");
	await db.database.asTenant(
		ada,
		(sql) => sql`delete from sheaf.recipes where id in (select id from sheaf.recipes where id <> ${id} limit 1)`,
	);
	expect(await code(restoreRecipe(deps(), ada, { id, version: 1 }))).toBe("done");
});

test("CAP-4: a recipe is at most 16 kB, whether it is made or changed", async () => {
	const selectors = Array.from({ length: 10 }, (_, n) => `.${"ü".repeat(200)}${n}`);
	const large = shop({ fields: [1, 2, 3, 4].map((n) => ({ name: `f${n}`, type: "text" as const, selectors })) });
	expect(await code(make(large))).toBe("request/too-large");
	const { id } = await make(shop({ fields: large.fields.slice(0, 3) }));
	expect(await code(changeRecipe(deps(), ada, { id, change: { basedOn: 1, recipe: large } }))).toBe(
		"request/too-large",
	);
});
