import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { FaultEffect } from "./faults.ts";
import { asker, openScene, type Scene, sceneToken, tablePath } from "./test-scene.ts";

let scene: Scene;
beforeEach(async () => {
	scene = await openScene();
});
afterEach(() => scene.stop());

const upsert = (key = "k") =>
	scene.ask("PATCH", tablePath, {
		performUpsert: { fieldsToMergeOn: ["Key"] },
		records: [{ fields: { Key: key } }],
	});
const rowCount = () => scene.control.rows("appEverything0000", "All types").length;

describe("SYNC-3: told to fail, it fails at that moment", () => {
	const cut: [effect: FaultEffect, rowsAfter: number][] = [
		[{ kind: "drop_before" }, 0],
		[{ kind: "drop_after_commit" }, 1],
	];
	test.each(cut)("%j", async (effect, rowsAfter) => {
		const fault = scene.control.plan({ method: "PATCH", effect });
		await expect(upsert()).rejects.toThrow();
		await fault.struck;
		expect([rowCount(), fault.hits]).toEqual([rowsAfter, 1]);
		expect((await upsert()).status).toBe(200);
		expect(rowCount()).toBe(1);
	});

	const answered: [effect: FaultEffect, status: number, rowsAfter: number][] = [
		[{ kind: "status", status: 503, headers: { "retry-after": "2" } }, 503, 0],
		[{ kind: "status", status: 500, afterCommit: true }, 500, 1],
		[{ kind: "malformed_json" }, 200, 1],
		[{ kind: "html_502" }, 502, 0],
		[{ kind: "delay", ms: 1 }, 200, 1],
	];
	test.each(answered)("%j", async (effect, status, rowsAfter) => {
		scene.control.plan({ effect });
		const reply = await fetch(`${scene.url}${tablePath}`, {
			method: "PATCH",
			headers: { authorization: `Bearer ${sceneToken}` },
			body: JSON.stringify({ performUpsert: { fieldsToMergeOn: ["Key"] }, records: [{ fields: { Key: "k" } }] }),
		});
		const text = await reply.text();
		expect([reply.status, rowCount()]).toEqual([status, rowsAfter]);
		if (effect.kind === "malformed_json") expect(() => JSON.parse(text)).toThrow();
		if (effect.kind === "html_502") expect(text).toContain("<html>");
		if (effect.kind === "status")
			expect(reply.headers.get("retry-after")).toBe(effect.headers?.["retry-after"] ?? null);
	});

	test("a timeout never answers; the client leaves", async () => {
		const fault = scene.control.plan({ effect: { kind: "timeout", afterCommit: true } });
		const controller = new AbortController();
		const reply = fetch(`${scene.url}${tablePath}`, {
			method: "PATCH",
			signal: controller.signal,
			headers: { authorization: `Bearer ${sceneToken}` },
			body: JSON.stringify({ performUpsert: { fieldsToMergeOn: ["Key"] }, records: [{ fields: { Key: "k" } }] }),
		});
		await fault.struck;
		controller.abort();
		await expect(reply).rejects.toThrow();
		expect(rowCount()).toBe(1);
	});

	test("a held reply waits for its release, with the change already applied", async () => {
		const fault = scene.control.plan({ effect: { kind: "hold", afterCommit: true } });
		const reply = upsert();
		await fault.struck;
		expect(rowCount()).toBe(1);
		fault.release();
		expect((await reply).status).toBe(200);
	});

	test("only what matches is struck, after as many as were let pass, as often as was said", async () => {
		scene.control.plan({
			method: "PATCH",
			path: "tblEverything",
			after: 1,
			times: 2,
			effect: { kind: "status", status: 500 },
		});
		expect((await scene.ask("GET", tablePath)).status).toBe(200);
		const statuses = [];
		for (let request = 0; request < 4; request += 1) statuses.push((await upsert()).status);
		expect(statuses).toEqual([200, 500, 500, 200]);
	});
});

describe("SYNC-4: limits over HTTP", () => {
	test("a request above the rate is refused, and counted", async () => {
		scene.control.setLimits({ requestsPerSecondPerBase: 0 });
		scene.control.reset();
		for (const _request of [1, 2]) {
			expect(await upsert()).toMatchObject({ status: 429, json: { error: { type: "RATE_LIMIT_REACHED" } } });
		}
		expect(scene.control.counters().byBase.appEverything0000).toEqual({ requests: 2, throttled: 2, writes: 0 });
	});

	test("a used-up month answers with its own type", async () => {
		scene.control.setExhausted("appEverything0000", true);
		expect(await upsert()).toMatchObject({
			status: 429,
			json: { error: { type: "PUBLIC_API_BILLING_LIMIT_EXCEEDED" } },
		});
	});
});

describe("CON-4: control from another process", () => {
	test("faults are planned, waited for and counted over HTTP", async () => {
		const control = asker(scene.url, "");
		const planned = await control("POST", "/__control/faults", { path: "tbl", effect: { kind: "drop_after_commit" } });
		expect(planned).toMatchObject({ status: 200, json: { id: 1, hits: 0, remaining: 1 } });
		const struck = control("GET", "/__control/faults/struck?id=1");
		await expect(upsert()).rejects.toThrow();
		expect(await struck).toMatchObject({ status: 200, json: { hits: 1 } });
		expect(await control("GET", "/__control/upserts")).toMatchObject({
			json: { upserts: [{ rows: [{ created: true, key: ["k"] }] }] },
		});
		expect(await control("GET", "/__control/rows?base=appEverything0000&table=All%20types")).toMatchObject({
			json: { rows: [{ cells: { Key: "k" } }] },
		});
		expect((await control("GET", "/__control/counters")).json).toMatchObject({ requests: 1, throttled: 0 });
	});

	test("the scene is set over HTTP, and nonsense is refused", async () => {
		const control = asker(scene.url, "");
		expect((await control("POST", "/__control/bases", { id: "appNew", name: "New", tables: [] })).status).toBe(200);
		expect((await control("POST", "/__control/tokens", { token: "patNew" })).status).toBe(200);
		expect((await asker(scene.url, "patNew")("GET", "/v0/meta/bases/appNew/tables")).status).toBe(200);
		expect((await control("POST", "/__control/settings", { limits: { penaltyMs: 10 } })).status).toBe(200);
		expect((await control("POST", "/__control/faults", { effect: { kind: "explode" } })).status).toBe(400);
		expect((await control("GET", "/__control/rows?base=x&table=y")).status).toBe(400);
		expect((await control("GET", "/__control/nothing")).status).toBe(404);
	});
});
