import { expect, test } from "bun:test";
import { createGuardedHttp } from "../../connectors/http.ts";
import { startWebhookSimulator } from "../../connectors/webhook/simulator.ts";
import { migrate } from "../../db/apply-migrations.ts";
import { createTestDatabase } from "../../db/test-database.ts";
import { createTestTenant } from "../../db/test-tenant.ts";
import { createHook } from "../../events/change-hooks.ts";
import { createLog } from "../../telemetry/log.ts";
import { createVault } from "../../vault/vault.ts";
import { migrateQueue, openQueueStore } from "../queue.ts";
import { openJobs } from "../registry.ts";
import { runDeliverEvents } from "./run.ts";

const secretNobodyKnows = "whsec_bm90IGtub3duIHlldCwgc28gbm90aGluZyBob2xkcw==";

test("SYNC-7: what is due is found by the sweep, rung for, and told by a worker", async () => {
	const db = await createTestDatabase();
	const { url: databaseUrl, databaseKey, database } = db;
	await migrate({ databaseUrl, databaseKey, migrateQueue });
	const store = openQueueStore({ databaseUrl, databaseKey, redisUrl: null, onError: () => undefined });
	const receiver = await startWebhookSimulator(secretNobodyKnows);
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	const http = createGuardedHttp({ allowedOrigins: [receiver.url] });
	const person = await createTestTenant(database);
	const hook = await createHook({ database, vault, http }, person, { url: receiver.url, events: ["record.delivered"] });
	receiver.changeSecret(hook.secret);
	await database.asTenant(person, async (sql) => {
		await sql`
			with happened as (
				insert into sheaf.events (type, subject_id) values ('record.delivered', uuidv7()) returning id
			)
			insert into sheaf.event_deliveries (hook_id, event_id) select ${hook.id}, id from happened`;
	});
	const arrived = Promise.withResolvers<void>();
	receiver.validate = () => {
		arrived.resolve();
		return null;
	};
	const jobs = openJobs(store, { database, vault, http, connectors: new Map(), log: createLog("silent") });
	const stop = jobs.work();
	await arrived.promise;
	await stop();
	await jobs.close();
	await store.close();
	expect(receiver.kept()).toMatchObject([{ type: "record.delivered", data: { record: null } }]);
	await receiver.stop();
	await db.close();
}, 60_000);

test("a job that carries something else fails, instead of telling somebody of it", async () => {
	const none = { database: { asTenant: notAsked, asService: notAsked }, vault: { open: notAsked } };
	const deps = { ...none, http: notAsked, ring: notAsked };
	for (const data of [null, {}, { workspaceId: crypto.randomUUID() }, { workspaceId: "x", lane: "y" }]) {
		await expect(runDeliverEvents(deps, data, new AbortController().signal)).rejects.toThrow("something else");
	}
});

async function notAsked(): Promise<never> {
	throw new Error("Nothing is asked for.");
}
