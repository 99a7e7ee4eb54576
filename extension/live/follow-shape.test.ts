import { afterAll, beforeAll, expect, test } from "bun:test";
import {
	type ElectricSimulator,
	electricSecret,
	startElectricSimulator,
} from "../../backend/api/testing/simulator-electric.ts";
import { type Changed, followShape, type ShapeDeps } from "./follow-shape.ts";

let electric: ElectricSimulator;
beforeAll(async () => {
	electric = await startElectricSimulator();
});
afterAll(() => electric.stop());

const workspaceId = "00000000-0000-7000-8000-000000000001";
const changes = { name: "sheaf.changes", key: ["workspace_id", "changed_by", "subject", "subject_id"] };
let changedBy = 700;
const tell = (subject: string, id: string) => {
	changedBy += 1;
	electric.put({ workspace_id: workspaceId, changed_by: String(changedBy), subject, subject_id: id }, changes);
};

/** As the gatekeeper asks Electric. */
function fetchPart(url: string, signal: AbortSignal): Promise<Response> {
	const query = new URL(url).searchParams;
	expect(query.get("table")).toBe("changes");
	query.set("table", "sheaf.changes");
	query.set("columns", '"workspace_id","changed_by","subject","subject_id"');
	query.set("where", '"workspace_id" = $1');
	query.set("params[1]", workspaceId);
	query.set("secret", electricSecret());
	return fetch(`${electric.url}/v1/shape?${query}`, { signal });
}

/** A shape that is followed: what it told so far, and the moments a test waits for. */
function followed(more: Partial<ShapeDeps> = {}) {
	const stop = new AbortController();
	const live = Promise.withResolvers<void>();
	const told: Changed[] = [];
	let heard = Promise.withResolvers<void>();
	const over = followShape(
		{
			url: "http://gate.test/shape",
			fetchPart,
			onLive: live.resolve,
			onChanged: async (changed) => {
				told.push(changed);
				heard.resolve();
				heard = Promise.withResolvers<void>();
			},
			...more,
		},
		stop.signal,
	);
	return { live: live.promise, told, next: () => heard.promise, stop: () => stop.abort(), over };
}

test("LIVE-2: what was there is not told again, and what changes then is: each record once, each list by its name", async () => {
	tell("records", "before");
	const { live, told, next, stop, over } = followed();
	await live;
	for (const [subject, id] of [
		["records", "r1"],
		["records", "r1"],
		["targets", "t1"],
		["records", "r2"],
	] as const) {
		tell(subject, id);
	}
	while (told.flatMap(({ recordIds }) => recordIds).length < 2) await next();
	expect(told.flatMap(({ recordIds }) => recordIds)).toEqual(["r1", "r2"]);
	expect(told.flatMap(({ lists }) => lists)).toEqual(["targets"]);
	stop();
	await over;
});

test("LIVE-2: a shape that has to be begun anew is lost, so that the stream tells what was missed", async () => {
	const { live, told, over } = followed();
	await live;
	electric.rotate();
	await over;
	expect(told).toEqual([]);
});

test("LIVE-2: a failure that passes is waited for, and nothing is lost by it", async () => {
	const { live, told, next, stop, over } = followed();
	await live;
	electric.failOnce(503);
	tell("records", "wakes the poll that waits");
	while (told.length === 0) await next();
	tell("records", "after");
	while (told.flatMap(({ recordIds }) => recordIds).at(-1) !== "after") await next();
	stop();
	await over;
});

test("LIVE-2: a server that stays away, or refuses, is left to the stream; nothing but asking was done", async () => {
	const refusals = [401, 403, 404, 503].map(async (status) => {
		let asked = 0;
		const { over, told } = followed({
			fetchPart: async () => {
				asked += 1;
				return new Response("[]", { status });
			},
		});
		await over;
		expect({ status, asked, told }).toEqual({ status, asked: status === 503 ? 3 : 1, told: [] });
	});
	await Promise.all(refusals);
});

test("LIVE-2: what could not be taken on is the stream's to tell again", async () => {
	const { live, over } = followed({ onChanged: () => Promise.reject(new Error("the disk is full")) });
	await live;
	tell("records", "r9");
	await over;
});
