import { describe, expect, test } from "bun:test";
import type { Fields } from "../../../../backend/contract/fields.ts";
import { testRecord, testTarget } from "../../test-target.ts";
import { askStandings, inRequests } from "./ask-standings.ts";
import { type Known, nothingKnown, reindexed } from "./known-standings.ts";
import { isPicked, pick } from "./picks.ts";
import { indexHere, standingHere } from "./standing-here.ts";

const target = testTarget();
const row = (url: string, title: string): Fields => ({
	url: { type: "url", value: url },
	title: { type: "text", value: title },
});
const held = (id: string, fields: Fields, over = {}) => testRecord({ id, kind: "row", fields, ...over });

describe("CAP-3: rows are held against what is on this device, offline and as a guest too", () => {
	const here = indexHere(
		[
			held("same", row("https://a.test/1", "One")),
			held("early", row("https://a.test/2", "Two")),
			held("late", row("https://a.test/2", "Two, later")),
			held("elsewhere", row("https://a.test/3", "Three"), { targetId: "target-2" }),
			held("going", row("https://a.test/4", "Four"), { state: "undoing" }),
		],
		target,
	);

	test("by the target's match key: unchanged, an update of the newest, or new", () => {
		expect(standingHere(row("https://a.test/1", "One"), here)).toEqual({ standing: "unchanged", recordId: "same" });
		expect(standingHere(row("https://a.test/2", "Two"), here)).toEqual({ standing: "update", recordId: "late" });
		expect(standingHere(row("https://a.test/3", "Three"), here).standing).toBe("new");
	});

	test("what is being taken back is not there any more, and what has no key is told apart by nothing", () => {
		expect(standingHere(row("https://a.test/4", "Four"), here).standing).toBe("new");
		expect(standingHere({ title: { type: "text", value: "One" } }, here).standing).toBe("no_key");
	});

	test("a guest's rows wait for a table: all they say is their key", () => {
		const guest = indexHere([held("one", row("https://a.test/1", "One"), { targetId: null })], null);
		expect(standingHere(row("https://a.test/1", "One"), guest).standing).toBe("unchanged");
		expect(standingHere(row("https://a.test/1", "Another"), guest).standing).toBe("new");
	});
});

describe("CAP-3: and against what the workspace has", () => {
	const many = Array.from({ length: 1_201 }, (_, place) => ({
		id: `r${place}`,
		fields: row(`https://a.test/${place}`, "T"),
	}));

	test("in requests of 500 rows, and of a size that is taken", () => {
		expect(inRequests(many).map((request) => request.length)).toEqual([500, 500, 201]);
		const large = many.slice(0, 3).map(({ id }) => ({ id, fields: row("https://a.test/", "T".repeat(250_000)) }));
		expect(inRequests(large).map((request) => request.length)).toEqual([1, 1, 1]);
		expect(inRequests([])).toEqual([]);
	});

	test("answers come by row, request after request, and end with the question", async () => {
		const stop = new AbortController();
		const answered: string[] = [];
		let requests = 0;
		const client = {
			compareRows: async (_id: string, rows: readonly Fields[]) => {
				requests += 1;
				if (requests === 2) stop.abort();
				return rows.map(() => ({ standing: "update" as const, recordId: null }));
			},
		};
		await askStandings(many, { client, targetId: target.id, signal: stop.signal }, (answer) =>
			answered.push(...answer.keys()),
		);
		expect([requests, answered.length, answered[0]]).toEqual([2, 500, "r0"]);
	});
});

describe("CAP-3: rows that were sent", () => {
	const shown = { id: "r", cells: {}, url: null };
	const nothingHere = indexHere([], target);
	const inOutbox = indexHere([held("one", row("https://a.test/1", "One"))], target);
	const answered = (standing: "new" | "unchanged") =>
		Object.assign(nothingKnown("plan", nothingHere), { there: new Map([["r", { standing, recordId: null }]]) });
	const read = (before: Known, index = nothingHere) =>
		reindexed(before, index, { rows: [shown], held: () => standingHere(row("https://a.test/1", "One"), index) });

	test("CAP-3: one that arrived before it was seen on this device is asked about again, and not without end", () => {
		const before = answered("new");
		expect(read(before).there.has("r"), "nobody sent it").toBe(true);
		before.sent.set("r", 2);
		const after = read(before);
		expect([after.there.has("r"), after.turn]).toEqual([false, 1]);
		const again = read({ ...after, there: before.there });
		expect([again.there.has("r"), again.turn]).toEqual([false, 2]);
		expect(read({ ...again, there: before.there }).turn).toBe(2);
	});

	test("CAP-3: one that is still here, or known to be there, is not", () => {
		const waits = answered("new");
		waits.sent.set("r", 2);
		const here = read(waits, inOutbox);
		expect([here.turn, here.here.get("r")?.recordId]).toEqual([0, "one"]);
		expect(read(here).turn, "and is once it has left").toBe(1);
		const arrived = answered("unchanged");
		arrived.sent.set("r", 2);
		expect(read(arrived).turn).toBe(0);
	});
});

test("CAP-3: what is unchanged, or cannot be told apart, is sent only when somebody ticks it", () => {
	expect(
		(["new", "update", "unchanged", "no_key", undefined] as const).map((one) => isPicked(new Map(), "r", one)),
	).toEqual([true, true, false, false, true]);
	const picks = pick(new Map(), ["r"], true);
	expect([isPicked(picks, "r", "unchanged"), isPicked(pick(picks, ["r"], false), "r", "new")]).toEqual([true, false]);
});
