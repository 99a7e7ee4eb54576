import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { SourcePage } from "../source.ts";
import { daysOfReport } from "./report-request.ts";
import { connectorAt, listPage, openScene, shopId } from "./test-scene.ts";

let scene: Awaited<ReturnType<typeof openScene>>;
/** The clock of both sides. */
let now = 0;
beforeEach(async () => {
	scene = await openScene();
	now = Date.parse("2026-03-10T06:00:00Z");
	scene.simulator.world.now = () => now;
	scene.simulator.world.reports.rows = ["2026-03-08", "2026-03-09"].flatMap((date) =>
		["9007199254740993001", "2"].map((campaignId) => ({
			date,
			campaignId,
			campaignName: `Campaign ${campaignId}`,
			impressions: 10,
			clicks: 1,
			cost: 0.5,
			sales14d: 3,
		})),
	);
});
afterEach(() => scene.simulator.stop());

const place = { containerId: "sponsored-products", tableId: "sp-campaigns-daily", profileId: shopId };

async function page(cursor: string | null, limit = 3): Promise<SourcePage> {
	const result = await listPage(scene, place, { cursor, limit });
	if (result.kind !== "ok") throw new Error(result.message);
	return result.value;
}

const reports = () => scene.simulator.world.reports;

/** Goes on from a cursor until there are rows, resting as long as is asked for. */
async function untilRows(from: SourcePage): Promise<{ page: SourcePage; rests: number[] }> {
	let at = from;
	const rests: number[] = [];
	while (at.afterMs !== undefined) {
		rests.push(at.afterMs);
		now += at.afterMs;
		at = await page(at.cursor);
	}
	return { page: at, rests };
}

describe("J6: results by day", () => {
	test("are asked for, waited for ever longer, downloaded, and paged; a day of a campaign is one row", async () => {
		const { page: first, rests } = await untilRows(await page(null));
		expect(rests).toEqual([30_000, 60_000]);
		expect(first.rows.map(({ externalId }) => externalId)).toEqual([
			"2026-03-08:9007199254740993001",
			"2026-03-08:2",
			"2026-03-09:9007199254740993001",
		]);
		expect(first.rows[0]?.fields).toMatchObject({
			date: { type: "date", value: "2026-03-08" },
			cost: { type: "number", value: 0.5 },
		});
		expect(first.total).toEqual({ count: 4, exact: true });
		const second = await page(first.cursor);
		expect(second).toMatchObject({ rows: [{ externalId: "2026-03-09:2" }], cursor: null });
		expect(reports().begun).toBe(1);
	});

	test("SYNC-4: whoever asks too soon is held back here, and Amazon is not asked", async () => {
		const begun = await page(null);
		const asked = scene.simulator.requests.length;
		const again = await page(begun.cursor);
		expect(again).toMatchObject({ rows: [], cursor: begun.cursor, afterMs: 30_000 });
		now += 29_000;
		expect((await page(begun.cursor)).afterMs).toBe(1_000);
		expect(scene.simulator.requests.slice(asked).filter((line) => line.includes("/reporting/"))).toEqual([]);
		expect(reports().throttled).toBe(0);
	});

	test("another process goes on from the cursor: no second report is made", async () => {
		const begun = await page(null);
		now += begun.afterMs ?? 0;
		scene = { ...scene, connector: connectorAt(scene.simulator.url, { now: () => now }) };
		const { page: first } = await untilRows(await page(begun.cursor));
		expect(first.rows).toHaveLength(3);
		expect(reports().begun).toBe(1);
	});

	test("asked for anew while one is being made, that one is taken", async () => {
		await page(null);
		await untilRows(await page(null));
		expect(reports().begun).toBe(1);
	});

	test("a failed one is asked for once more; then it is told why", async () => {
		reports().endings.push("FAILED");
		expect((await untilRows(await page(null))).page.rows).toHaveLength(3);
		expect(reports().begun).toBe(2);
		now += 86_400_000;
		reports().endings.push("FAILED", "FAILED");
		expect(untilRows(await page(null))).rejects.toThrow("INTERNAL_ERROR");
	});

	test("one that Amazon no longer keeps is made anew", async () => {
		const begun = await page(null);
		reports().forgetAll();
		now += begun.afterMs ?? 0;
		const { page: first } = await untilRows(await page(begun.cursor));
		expect(first.rows).toHaveLength(3);
	});

	test("columns that Amazon refuses are left out, as its refusal lists them", async () => {
		reports().columns = reports().columns.filter((column) => column !== "sales14d");
		const { page: first } = await untilRows(await page(null));
		expect(first.rows[0]?.fields).not.toHaveProperty("sales14d");
		expect(first.rows[0]?.fields).toHaveProperty("cost");
	});

	test("conditions and search hold over the pages of a report", async () => {
		const { page: ready } = await untilRows(await page(null));
		const search = await listPage(scene, place, { cursor: ready.cursor, search: "campaign 2" });
		expect(search).toMatchObject({ value: { rows: [{ externalId: "2026-03-09:2" }], cursor: null } });
	});

	test("the days are those of the account, and end with its yesterday", () => {
		// 22:00 on the ninth in Los Angeles.
		expect(daysOfReport(Date.parse("2026-03-10T06:00:00Z"), "America/Los_Angeles")).toEqual({
			startDate: "2026-02-07",
			endDate: "2026-03-08",
		});
		expect(daysOfReport(Date.parse("2026-03-10T06:00:00Z"), "no zone").endDate).toBe("2026-03-09");
	});
});
