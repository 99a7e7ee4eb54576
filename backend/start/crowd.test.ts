import { afterAll, beforeAll, expect, test } from "bun:test";
import { Crowd } from "./test-crowd.ts";
import { playCrowd } from "./test-crowd-play.ts";

let crowd: Crowd;
beforeAll(async () => {
	crowd = await Crowd.start();
}, 60_000);
afterAll(async () => {
	await crowd.close();
});

test("J8, I1–I8: two API processes and two workers, one of each killed again and again under load, lose, double and mix up nothing", async () => {
	const played = await playCrowd(crowd, { people: 3, strikes: 2, batchesBetween: 6 });
	expect(played.broken).toEqual([]);
	expect(played.kills).toBe(4);
	expect(played.records).toBeGreaterThan(100);
	// Each process tells its own figures, the workers on a port of their own.
	const workers = (await crowd.figures("worker")).join("\n");
	expect(workers).toContain('sheaf_deliveries_total{outcome="delivered"}');
	expect(workers).toContain('sheaf_dependency_up{dependency="queue"} 1');
	expect((await crowd.figures("api")).join("\n")).toContain("sheaf_flush_seconds_count");
}, 120_000);
