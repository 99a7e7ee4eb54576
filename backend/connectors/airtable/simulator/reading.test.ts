import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { properties, textOf } from "./json-values.ts";
import { asker, basePath, openScene, type Scene, tablePath } from "./test-scene.ts";

let scene: Scene;
beforeAll(async () => {
	scene = await openScene();
});
afterAll(() => scene.stop());

const modelNotFound = { status: 403, json: { error: { type: "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND" } } };

describe("CON-4: who may ask", () => {
	test("no token and a wrong token are refused", async () => {
		const bare = await fetch(`${scene.url}/v0/meta/whoami`);
		expect(bare.status).toBe(401);
		expect(await bare.json()).toMatchObject({ error: { type: "AUTHENTICATION_REQUIRED" } });
		const wrong = await asker(scene.url, "patWrong")("GET", "/v0/meta/whoami");
		expect(wrong).toMatchObject({ status: 401, json: { error: { type: "UNAUTHORIZED" } } });
	});

	test("whoami names the user and the scopes, and leaves the scopes out where Airtable does", async () => {
		expect(await scene.ask("GET", "/v0/meta/whoami")).toEqual({
			status: 200,
			json: { id: "usrScene000000000", scopes: ["data.records:read", "data.records:write", "schema.bases:read"] },
		});
		scene.control.addToken({ token: "patShy", userId: "usrShy", tellsScopes: false });
		expect((await asker(scene.url, "patShy")("GET", "/v0/meta/whoami")).json).toEqual({ id: "usrShy" });
	});

	test("a missing scope, a base that is not granted and one that does not exist look the same", async () => {
		scene.control.addToken({ token: "patNoSchema", scopes: ["data.records:read"] });
		scene.control.addToken({ token: "patNoBase", bases: [] });
		expect(await asker(scene.url, "patNoSchema")("GET", "/v0/meta/bases")).toMatchObject(modelNotFound);
		expect(await asker(scene.url, "patNoSchema")("PATCH", tablePath, {})).toMatchObject(modelNotFound);
		expect(await asker(scene.url, "patNoBase")("GET", tablePath)).toMatchObject(modelNotFound);
		expect(await scene.ask("GET", "/v0/appMissing/tblMissing")).toMatchObject(modelNotFound);
		expect(await scene.ask("GET", `${basePath}/tblMissing`)).toMatchObject(modelNotFound);
	});

	test("someone who may only read cannot write", async () => {
		scene.control.addToken({ token: "patReader", permissionLevel: "read" });
		const reader = asker(scene.url, "patReader");
		expect((await reader("GET", tablePath)).status).toBe(200);
		expect(await reader("POST", tablePath, { fields: {} })).toMatchObject({
			status: 403,
			json: { error: { type: "INVALID_PERMISSIONS" } },
		});
	});

	test("a request under a foreign host name is refused", async () => {
		const reply = await fetch(`${scene.url}/`, { headers: { host: "rebound.example" } });
		expect(reply.status).toBe(403);
	});
});

describe("CON-2: bases, tables and rows", () => {
	test("bases come in pages", async () => {
		for (const name of ["B", "C", "D"]) scene.control.addBase({ name, tables: [] });
		const first = await scene.ask("GET", "/v0/meta/bases");
		expect(first.json).toMatchObject({
			bases: [{ id: "appEverything0000", permissionLevel: "create" }, {}, {}],
			offset: "itr3",
		});
		const second = await scene.ask("GET", "/v0/meta/bases?offset=itr3");
		expect(second.json).toEqual({ bases: [{ id: expect.any(String), name: "D", permissionLevel: "create" }] });
	});

	test("tables carry fields, types and options", async () => {
		const { json } = await scene.ask("GET", "/v0/meta/bases/appEverything0000/tables");
		expect(json).toMatchObject({ tables: [{ id: "tblEverything0000", primaryFieldId: "fldKey00000000000" }, {}] });
		expect(JSON.stringify(json)).toContain('"name":"Red"');
	});

	test("rows come in pages of what was asked for, and a stale page is refused", async () => {
		const keys = ["b", "a", "c"];
		for (const key of keys)
			scene.control.addRow({ baseId: "appEverything0000", table: "All types", cells: { Key: key } });
		const first = await scene.ask("GET", `${tablePath}?pageSize=2&sort%5B0%5D%5Bfield%5D=Key`);
		const offset = textOf(properties(first.json).offset);
		expect(first.json).toMatchObject({
			records: [{ fields: { Key: "a" } }, { fields: { Key: "b" } }],
			offset: expect.any(String),
		});
		const second = await scene.ask(
			"GET",
			`${tablePath}?pageSize=2&sort%5B0%5D%5Bfield%5D=Key&offset=${encodeURIComponent(offset)}`,
		);
		expect(second.json).toEqual({ records: [expect.objectContaining({ fields: { Key: "c" } })] });
		expect(await scene.ask("GET", `${tablePath}?offset=itrGone/recGone`)).toMatchObject({
			status: 422,
			json: { error: { type: "LIST_RECORDS_ITERATOR_NOT_AVAILABLE" } },
		});
	});

	test("the same listing by POST, by formula, by field id", async () => {
		const body = { filterByFormula: '{Key} = "a"', returnFieldsByFieldId: true };
		const { json } = await scene.ask("POST", `${tablePath}/listRecords`, body);
		expect(json).toMatchObject({ records: [{ fields: { fldKey00000000000: "a" } }] });
		expect(await scene.ask("GET", `${tablePath}?filterByFormula=NONSENSE(`)).toMatchObject({
			status: 422,
			json: { error: { type: "INVALID_FILTER_BY_FORMULA" } },
		});
	});

	test("what is not there answers with the other envelope", async () => {
		for (const path of [`${tablePath}/recMissing0000000`, "/v0/meta/nothing", "/v0/app/tbl/rec/more"]) {
			expect(await scene.ask("GET", path)).toEqual({ status: 404, json: { error: "NOT_FOUND" } });
		}
	});

	test("an address above 16,000 characters is refused, one below is not", async () => {
		expect((await scene.ask("GET", `${tablePath}?view=${"v".repeat(15_000)}`)).status).toBe(200);
		expect((await scene.ask("GET", `${tablePath}?view=${"v".repeat(16_000)}`)).status).toBe(414);
	});
});
