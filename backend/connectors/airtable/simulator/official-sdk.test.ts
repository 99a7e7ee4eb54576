import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Airtable from "airtable";
import { openScene, type Scene, sceneToken } from "./test-scene.ts";

/**
 * Airtable's own client against the simulator: where the two disagree, the simulator is wrong. What the client reads
 * or expects (ids, names, envelopes, page ends) cannot quietly drift from the service it was written for.
 */
let scene: Scene;
let base: Airtable.Base;
beforeAll(async () => {
	scene = await openScene();
	base = new Airtable({ apiKey: sceneToken, endpointUrl: scene.url, noRetryIfRateLimited: true }).base(
		"appEverything0000",
	);
});
afterAll(() => scene.stop());

const failureOf = (work: Promise<unknown>) =>
	work.then(
		() => null,
		(error: unknown) => error,
	);

describe("CON-4: the official client finds its service", () => {
	test("creates ten rows, reads them back page by page and one by one", async () => {
		const created = await base("All types").create(
			Array.from({ length: 10 }, (_, index) => ({
				fields: { Key: `sdk ${index}`, Number: index, Check: index % 2 === 0 },
			})),
		);
		expect(created.map((record) => record.get("Key"))).toEqual(
			Array.from({ length: 10 }, (_, index) => `sdk ${index}`),
		);
		const pages: number[] = [];
		await base("All types")
			.select({ pageSize: 4, sort: [{ field: "Number", direction: "desc" }] })
			.eachPage((records, next) => {
				pages.push(records.length);
				next();
			});
		expect(pages).toEqual([4, 4, 2]);
		const [first] = created;
		const found = await base("All types").find(first?.id ?? "");
		expect(found.fields).toEqual({ Key: "sdk 0", Number: 0, Check: true });
	});

	test("asks by POST where the address would be too long", async () => {
		const records = await base("All types")
			.select({ filterByFormula: `{Key} = "${"x".repeat(16_000)}"` })
			.all();
		expect(records).toEqual([]);
	});

	test("upserts through update, with typecast", async () => {
		const options = { typecast: true, performUpsert: { fieldsToMergeOn: ["Key"] } };
		const rows = [{ id: "", fields: { Key: "upserted", Select: "Violet" } }].map(({ fields }) => ({ fields }));
		for (const _round of [1, 2]) {
			// The client's types know no upsert; its code passes both through.
			// @ts-expect-error -- the types of update() take no rows without an id and no performUpsert
			await base("All types").update(rows, options);
		}
		const found = await base("All types").select({ filterByFormula: '{Key} = "upserted"' }).all();
		expect(found.map((record) => record.fields)).toEqual([{ Key: "upserted", Select: "Violet" }]);
	});

	test("updates, replaces and destroys", async () => {
		const record = await base("All types").create({ Key: "one", Long: "text" });
		expect((await record.patchUpdate({ Number: 4 })).fields).toEqual({ Key: "one", Long: "text", Number: 4 });
		expect((await record.putUpdate({ Key: "two" })).fields).toEqual({ Key: "two" });
		expect((await record.destroy()).id).toBe(record.id);
	});

	test("finds rows by id or text, links them, and destroys ten at a time", async () => {
		const names = Array.from({ length: 10 }, (_, index) => `Person ${index}`);
		const people = await base("Other").create(names.map((Name) => ({ fields: { Name } })));
		const [first, second] = people.map((record) => record.id);
		const byId = `OR(RECORD_ID()="${first}", RECORD_ID()="${second}")`;
		const found = await base("Other").select({ filterByFormula: byId }).all();
		expect(found.map((record) => record.id)).toEqual([first ?? "", second ?? ""]);
		const searched = await base("Other").select({ filterByFormula: 'FIND("son 7", LOWER({Name}&""))' }).all();
		expect(searched.map((record) => record.fields)).toEqual([{ Name: "Person 7" }]);
		const linked = await base("All types").create([{ fields: { Key: "linked", Links: [first ?? ""] } }]);
		expect(linked.map((record) => record.get("Links"))).toEqual([[first ?? ""]]);
		expect(await base("Other").destroy(people.map((record) => record.id))).toHaveLength(10);
		expect(await base("Other").select().all()).toEqual([]);
	});

	test("works with a token that has an end, until it is taken back", async () => {
		scene.control.addToken({ token: "opaque-access-token", expiresAt: Date.now() + 60_000 });
		const table = new Airtable({ apiKey: "opaque-access-token", endpointUrl: scene.url }).base("appEverything0000")(
			"Other",
		);
		expect(await table.select().all()).toEqual([]);
		scene.control.revokeToken("opaque-access-token");
		expect(await failureOf(table.select().all())).toMatchObject({ statusCode: 401 });
	});

	test("understands both error envelopes", async () => {
		const table = base("All types");
		expect(await failureOf(table.create({ Nowhere: "x" }))).toMatchObject({
			error: "UNKNOWN_FIELD_NAME",
			statusCode: 422,
		});
		expect(await failureOf(table.find("recMissing0000000"))).toMatchObject({ error: "NOT_FOUND", statusCode: 404 });
		expect(await failureOf(base("Missing").select().all())).toMatchObject({ statusCode: 403 });
		const stranger = new Airtable({ apiKey: "patWrong", endpointUrl: scene.url }).base("appEverything0000");
		expect(await failureOf(stranger("All types").select().all())).toMatchObject({
			error: "AUTHENTICATION_REQUIRED",
			statusCode: 401,
		});
	});

	test("is told when it is too fast", async () => {
		scene.control.setLimits({ requestsPerSecondPerBase: 0 });
		scene.control.reset();
		const refused = await failureOf(base("All types").select({ maxRecords: 1 }).all());
		expect(refused).toMatchObject({ error: "TOO_MANY_REQUESTS", statusCode: 429 });
	});
});
