import { expect, test } from "bun:test";
import { aCapture, anOutbox } from "../outbox/test-outbox.ts";
import { aimWaiting } from "./aim-waiting.ts";

const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];

test("I1: what was saved before there was a table goes to the first one, once", async () => {
	const outbox = await anOutbox();
	const early = await outbox.save(aCapture("early"));
	const aimed = await outbox.save(aCapture("aimed", { targetId: two }));
	expect(await aimWaiting(outbox, [one])).toBe(1);
	expect(await outbox.get(early.id)).toMatchObject({ targetId: one, version: 2 });
	expect(await outbox.get(aimed.id)).toMatchObject({ targetId: two, version: 1 });
	expect(await aimWaiting(outbox, [one])).toBe(0);
	outbox.close();
});

test("with several tables the person chooses, and without one there is nothing to choose", async () => {
	const outbox = await anOutbox();
	const early = await outbox.save(aCapture("early"));
	expect(await aimWaiting(outbox, [one, two])).toBe(0);
	expect(await aimWaiting(outbox, [])).toBe(0);
	expect(await outbox.get(early.id)).toMatchObject({ targetId: null, version: 1 });
	outbox.close();
});
