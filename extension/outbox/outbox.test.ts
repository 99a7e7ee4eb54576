import "fake-indexeddb/auto";
import { expect, test } from "bun:test";
import { openOutbox } from "./outbox.ts";

test("smoke", async () => {
	const o = await openOutbox({ userId: null, deviceId: crypto.randomUUID() });
	const r = await o.save({
		kind: "page",
		targetId: null,
		source: { url: "https://a.example/x", title: "x" },
		fields: {},
		provenance: {},
		image: null,
		document: null,
	});
	expect(r.state).toBe("local");
	const e = await o.edit(r.id, { kind: "article" });
	expect(e.version).toBe(2);
	expect(await o.recent(5)).toEqual([e]);
	expect(await o.counts()).toEqual({ waiting: 1, needsYou: 0 });
	await o.remove(r.id);
	expect(await o.recent(5)).toEqual([]);
	const b = await o.restore(e);
	expect(b.version).toBe(3);
	expect((performance.getEntriesByName("sheaf:outbox-write")[0] as any).detail.durability).toBe("strict");
	o.close();
});
