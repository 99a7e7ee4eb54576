import { expect, test } from "bun:test";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { LiveCursor } from "./live-cursor.ts";
import { LiveStream, type StreamDeps } from "./live-stream.ts";
import type { Look } from "./read-changes.ts";

const id = "00000000-0000-7000-8000-000000000001";
const principal: Principal = { userId: id, workspaceId: id, role: "member", sessionId: id, deviceId: id };
const cursor: LiveCursor = { workspaceId: id, life: "1/1", at: 0, seen: "3:3:", part: null };
const nothing: Look = { changes: null, cursor, more: false };
const someone = (title: string): Look => ({ ...nothing, changes: { records: [], gone: [], lists: [title] } });

type Rig = { stream: LiveStream; events: () => Promise<string[]>; pass: (ms: number) => void; ended: () => boolean };

const textOf = ({ body }: LiveStream) => body.pipeThrough(new TextDecoderStream()).getReader();

/** A stream whose looks, clock and member are the test's. */
function rig(changes: Partial<StreamDeps> = {}): Rig {
	let clock = 1_000_000;
	let ended = false;
	const stream = new LiveStream({
		principal,
		standing: async () => principal,
		expiresAt: clock + 300_000,
		shapes: false,
		open: async () => ({ cursor, reset: false }),
		look: async () => nothing,
		now: () => clock,
		onEnd: () => {
			ended = true;
		},
		onTrouble: () => undefined,
		...changes,
	});
	// Read only where a test asks: before that, nobody reads.
	let reading: ReturnType<typeof textOf> | null = null;
	return {
		stream,
		ended: () => ended,
		pass: (ms) => {
			clock += ms;
		},
		events: async () => {
			reading ??= textOf(stream);
			const { value = "" } = await reading.read();
			return value
				.split("\n")
				.filter((line) => /^(event|:)/.test(line))
				.map((line) => line.replace("event: ", ""));
		},
	};
}

test("LIVE-1: a stream ends with its token, and says so", async () => {
	const { stream, events, pass, ended } = rig();
	expect(await events()).toEqual(["ready"]);
	pass(299_999);
	stream.tick();
	expect(await events()).toEqual([": "]);
	pass(1);
	stream.tick();
	expect(await events()).toEqual(["end"]);
	expect(ended()).toBe(true);
});

test("LIVE-1: an idle stream is kept open by a comment every fifteen seconds, and by none before", async () => {
	const { stream, events, pass } = rig();
	expect(await events()).toEqual(["ready"]);
	pass(14_000);
	stream.tick();
	pass(1_000);
	stream.tick();
	stream.end("closing");
	expect(await events()).toEqual([": "]);
	expect(await events()).toEqual(["end"]);
});

test("LIVE-1: who does not read is not read for, and is let go in the end", async () => {
	let looks = 0;
	const firstLook = Promise.withResolvers<void>();
	const large = "x".repeat(70_000);
	const { stream, pass, ended } = rig({
		look: async () => {
			looks += 1;
			firstLook.resolve();
			return someone(large);
		},
	});
	// The first look fills what may wait, and nobody takes it.
	await firstLook.promise;
	for (let rung = 0; rung < 50; rung += 1) stream.wake();
	await new Promise((resolve) => setImmediate(resolve));
	expect(looks).toBeLessThanOrEqual(2);
	pass(46_000);
	stream.tick();
	expect(ended()).toBe(true);
});

test("TEN-3: a doubt is settled before anything that was read meanwhile is said", async () => {
	const mayAnswer = Promise.withResolvers<void>();
	const { stream, events } = rig({
		look: async () => {
			await mayAnswer.promise;
			return someone("secret");
		},
		standing: async () => {
			throw new SheafError("auth/session-revoked", "Signed out.");
		},
	});
	const first = events();
	stream.doubt();
	mayAnswer.resolve();
	expect(await first).toEqual(["end"]);
});

test("LIVE-1: a look that fails ends the stream, so that the client comes back to a server that can", async () => {
	const troubles: unknown[] = [];
	const { events } = rig({
		look: () => Promise.reject(new Error("away")),
		onTrouble: (error) => troubles.push(error),
	});
	expect(await events()).toEqual(["end"]);
	expect(troubles).toHaveLength(1);
});
