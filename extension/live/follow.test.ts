import { expect, test } from "bun:test";
import type { LiveChanges } from "../../backend/contract/live.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { type FollowDeps, follow } from "./follow.ts";

const changes: LiveChanges = { records: [], gone: ["r1"], lists: ["targets"] };
const said = (event: string, data: unknown, id?: string) =>
	`event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/** What the server answers, one connection after the other: the text of a stream that ends, or a refusal. The last one stops the test. */
async function followed(answers: readonly (string | ApiFailure)[], more: Partial<FollowDeps> = {}) {
	const stop = new AbortController();
	const seen: unknown[] = [];
	let cursor: string | null = null;
	let connections = 0;
	const deps: FollowDeps = {
		connect: async (from) => {
			seen.push(["connect", from]);
			const answer = answers[connections];
			connections += 1;
			if (answer === undefined) {
				stop.abort();
				throw new Error("over");
			}
			if (typeof answer !== "string") throw answer;
			// Cut in the middle of everything, as networks do.
			const bytes = new TextEncoder().encode(answer);
			return new ReadableStream({
				start: (controller) => {
					for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
					controller.close();
				},
			});
		},
		cursor: {
			get: async () => cursor,
			set: async (next) => {
				cursor = next;
			},
		},
		onChanges: async (told) => void seen.push(told),
		onReset: async () => void seen.push("reset"),
		onState: (live) => void seen.push(live),
		onStanding: async () => void seen.push("standing"),
		wait: async (delayMs) => void seen.push(["wait", delayMs]),
		random: () => 0.5,
		...more,
	};
	await follow(deps, stop.signal);
	// The connection that only ends the test is left out.
	return seen.slice(
		0,
		seen.findLastIndex((one) => Array.isArray(one) && one[0] === "connect"),
	);
}

test("LIVE-1: what is told is taken on before the cursor moves, and a broken stream goes on from there", async () => {
	const first = `: \n\n${said("ready", {}, "c1")}${said("changes", changes, "c2")}`;
	expect(await followed([first, said("ready", {}, "c3")])).toEqual([
		["connect", null],
		true,
		changes,
		false,
		["wait", 500],
		["connect", "c2"],
		true,
		false,
		["wait", 500],
	]);
});

test("LIVE-1: what could not be taken on is told again", async () => {
	let tries = 0;
	const onChanges = async () => {
		tries += 1;
		if (tries === 1) throw new Error("the disk is full");
	};
	const seen = await followed([said("changes", changes, "c1"), said("changes", changes, "c1")], { onChanges });
	expect(seen.filter(Array.isArray)).toEqual([
		["connect", null],
		["wait", 1_000],
		["connect", null],
		["wait", 2_000],
	]);
	expect(tries).toBe(2);
});

test("LIVE-1: a lost server is asked ever more seldom, with jitter; one that says when is asked then", async () => {
	const away = new ApiFailure("client/unreachable", "");
	const busy = new ApiFailure("live/too-many-streams", "", { status: 429, retryAfterMs: 7_000 });
	const seen = await followed([away, away, busy, away, away, away, away]);
	const waits = seen.filter((one): one is [string, number] => Array.isArray(one) && one[0] === "wait");
	expect(waits.map(([, delayMs]) => delayMs)).toEqual([1_000, 2_000, 7_000, 8_000, 15_000, 15_000, 15_000]);
});

test("LIVE-1: a token that ran out is replaced at once; another standing is asked for; a reset reads anew", async () => {
	const token = `${said("ready", {}, "c1")}${said("end", { reason: "token", retryAfterMs: 0 })}`;
	const standing = `${said("ready", {}, "c2")}${said("end", { reason: "standing", retryAfterMs: 0 })}`;
	expect(await followed([token, standing, said("reset", {}, "c9")])).toEqual([
		["connect", null],
		true,
		false,
		["wait", 0],
		["connect", "c1"],
		true,
		"standing",
		false,
		["wait", 1_000],
		["connect", "c2"],
		"reset",
		false,
		["wait", 1_000],
	]);
});

test("LIVE-1: what a later server says is passed over", async () => {
	const seen = await followed([`${said("weather", "fine")}${said("changes", "nothing we know", "c1")}`]);
	expect(seen).toEqual([["connect", null], false, ["wait", 1_000]]);
});
