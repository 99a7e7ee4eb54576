import { expect, test } from "bun:test";
import { aCapture, allEntries, anOutbox } from "./test-outbox.ts";

test("J5: it is told until when a record waits before it is tried again; what is due now is not listed", async () => {
	const outbox = await anOutbox();
	const waits = await outbox.save(aCapture("waits"));
	await outbox.save(aCapture("due"));
	const entry = (await allEntries(outbox.database)).find(({ recordId }) => recordId === waits.id);
	if (!entry) throw new Error("no entry");
	const notBefore = Date.now() + 60_000;
	await outbox.database.write((transaction) => transaction.objectStore("entries").put({ ...entry, notBefore }));
	expect(await outbox.dueTimes()).toEqual({ [waits.id]: notBefore });
	outbox.close();
});
