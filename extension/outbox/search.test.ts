import { expect, test } from "bun:test";
import { aCapture, anOutbox } from "./test-outbox.ts";

const titles = (records: readonly { source: { title: string } }[]) => records.map(({ source }) => source.title);

test("J5: what was saved is found by any words of its title, address and fields, without case and accents, newest first", async () => {
	const outbox = await anOutbox();
	await outbox.save(aCapture("Café Central opens"));
	await outbox.save(aCapture("Harbour bridge", { fields: { author: { type: "text", value: "Ada Lind" } } }));
	await outbox.save(
		aCapture("A lamp", { fields: { price: { type: "currency", value: { amount: 1249.9, currency: "EUR" } } } }),
	);
	expect(titles(await outbox.search("cafe OPENS", 10))).toEqual(["Café Central opens"]);
	expect(titles(await outbox.search("ada harbour", 10))).toEqual(["Harbour bridge"]);
	expect(titles(await outbox.search("1249.9 eur", 10))).toEqual(["A lamp"]);
	expect(titles(await outbox.search("example.com", 10))).toEqual(["A lamp", "Harbour bridge", "Café Central opens"]);
	expect(titles(await outbox.search("example.com", 2))).toHaveLength(2);
	expect([await outbox.search("nowhere", 10), await outbox.search("  ", 10)]).toEqual([[], []]);
	outbox.close();
});

test("J5: a capture to several targets is found once", async () => {
	const outbox = await anOutbox();
	const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];
	await outbox.send(aCapture("Twice"), [
		{ targetId: one, recordId: null },
		{ targetId: two, recordId: null },
	]);
	expect(await outbox.search("twice", 10)).toHaveLength(1);
	outbox.close();
});

test("ID-8: what was saved in another workspace is not found", async () => {
	const [outbox, other] = [await anOutbox(), await anOutbox()];
	await outbox.save(aCapture("Mine"));
	expect(await other.search("mine", 10)).toEqual([]);
	outbox.close();
	other.close();
});
