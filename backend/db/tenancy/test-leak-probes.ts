import { openQueueStore } from "../../jobs/queue.ts";
import { acceptWrites } from "../../records/accept-writes.ts";
import { testPut } from "../../records/test-operations.ts";
import { refusals, type SqlProbe, type SqlScene } from "./test-sql-scene.ts";

const secret = "a secret of the victim";

/** A record of the victim's that says the secret, and one of the attacker's that says nothing. */
async function tellSecret({ asTenant, victim, attacker }: SqlScene): Promise<void> {
	await asTenant(
		victim.principal,
		(sql) => sql`update sheaf.records set fields = ${sql.json({ note: secret })} where id = ${victim.ids.record}`,
	);
	await asTenant(
		attacker.principal,
		(sql) => sql`update sheaf.records set fields = '{"note":"7"}' where id = ${attacker.ids.record}`,
	);
}

/** What goes past the tables: files, statistics, plans, other connections, announcements. */
export const leakProbes: readonly SqlProbe[] = [
	{
		name: "copy out",
		tries: "COPY of the whole table, which takes no WHERE",
		promised: "one's own rows only",
		attack: async (scene) => {
			await tellSecret(scene);
			const text = await scene.attack(async (sql) => {
				const chunks: Buffer[] = [];
				for await (const chunk of await sql`copy sheaf.records to stdout`.readable()) chunks.push(Buffer.from(chunk));
				return Buffer.concat(chunks).toString();
			});
			const { victim, attacker } = scene;
			const own = text.includes(attacker.principal.workspaceId);
			const theirs = text.includes(victim.principal.workspaceId) || text.includes(secret);
			return own && !theirs ? "one's own rows only" : "theirs as well";
		},
	},
	{
		name: "copy in, and files of the server",
		tries:
			"COPY into the table, which policies are not asked about row by row, from a program, and files read and written",
		promised: "0A000; 42501",
		attack: (scene) =>
			refusals(scene, [
				"copy sheaf.records from stdin",
				"copy sheaf.records from program 'true'",
				"copy sheaf.records to '/tmp/records'",
				"copy (select 1) to program 'true'",
				"select pg_read_file('/etc/passwd')",
				"select lo_import('/etc/passwd')",
				"select * from pg_ls_dir('.')",
			]),
	},
	{
		name: "error that tells a value",
		tries: "a condition that fails on somebody else's value and quotes it, asked before the policy is",
		promised: "1 row, and no error",
		attack: async (scene) => {
			await tellSecret(scene);
			const rows = await scene.attack((sql) => sql`select from sheaf.records where (fields->>'note')::int = 7`);
			return `${rows.length} row, and no error`;
		},
	},
	{
		name: "planner's statistics",
		tries: "the most common values of a column, which the server keeps over all tenants",
		promised: "0 rows of pg_stats; pg_statistic: 42501",
		attack: async (scene) => {
			await scene.admin`analyze sheaf.records, sheaf.workspaces, sheaf.connections`;
			const rows = await scene.attack((sql) => sql`select from pg_stats where schemaname = 'sheaf'`);
			return `${rows.length} rows of pg_stats; pg_statistic: ${await refusals(scene, ["select from pg_statistic"])}`;
		},
	},
	{
		name: "statements of other connections",
		tries: "what somebody else's request is asking at this moment, in pg_stat_activity",
		promised: "statements, and no value in them",
		attack: async ({ asTenant, attack, victim }) => {
			const texts = await asTenant(victim.principal, async (theirs) => {
				await theirs`update sheaf.records set kind = ${secret.slice(0, 40)} where id = ${victim.ids.record}`;
				const rows = await attack((sql) => sql<{ query: string }[]>`select query from pg_stat_activity`);
				return rows.map(({ query }) => query).join("\n");
			});
			const told = texts.includes("a secret") || texts.includes(victim.ids.record);
			return `statements, and ${told ? "values" : "no value"} in them`;
		},
	},
	{
		name: "statement prepared for somebody else",
		tries: "one connection, one statement with a plan that is kept: the tenant it was planned for",
		promised: "each their own, 20 times",
		attack: async ({ asTenant, victim, attacker }) => {
			const seen: boolean[] = [];
			for (let turn = 0; turn < 20; turn += 1) {
				const { principal } = turn % 2 === 0 ? victim : attacker;
				const rows = await asTenant(principal, async (sql) => {
					await sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`;
					return await sql<{ workspaceId: string }[]>`select workspace_id from sheaf.records where version >= ${1}`;
				});
				seen.push(rows.length > 0 && rows.every((row) => row.workspaceId === principal.workspaceId));
			}
			return `${seen.every(Boolean) ? "each their own" : "another's"}, ${seen.length} times`;
		},
	},
	{
		name: "announcements",
		tries:
			"every role hears every NOTIFY of the database, the queue's among them: what a job of the victim's announces",
		promised: "the queue's name, and nothing else",
		attack: async (scene) => {
			const { heard, stop } = await listenAsApi(scene, ["bullmq_jobs", "bullmq_events", "bullmq_relay"]);
			const { fixture, victim, asTenant } = scene;
			const store = openQueueStore({
				databaseUrl: fixture.url,
				databaseKey: fixture.databaseKey,
				redisUrl: null,
				onError: () => undefined,
			});
			const queue = store.openQueue("deliver-lane");
			const deps = {
				database: { asTenant },
				connectors: new Map(),
				ring: async () => undefined,
				log: { warn: () => undefined },
			};
			await acceptWrites(deps, victim.principal, [testPut({ targetId: victim.ids.target }), testPut()]);
			const lane = `${victim.ids.connection}/app1`;
			await queue.add("deliver-lane", { workspaceId: victim.principal.workspaceId, lane });
			await stop();
			await queue.close();
			await store.close();
			const told = [...new Set(heard)];
			return told.join() === "deliver-lane" ? "the queue's name, and nothing else" : told.join(", ");
		},
	},
];

/** Collects what is announced on these channels. `stop` resolves when everything committed before it has come in. */
async function listenAsApi({ pool, admin }: SqlScene, channels: readonly string[]) {
	const heard: string[] = [];
	const ends: Promise<void>[] = [];
	const listening = channels.map(async (channel) => {
		const { promise, resolve } = Promise.withResolvers<void>();
		ends.push(promise);
		// The server delivers in the order of the commits, so that the last one comes after all others.
		return await pool.listen(channel, (payload) => (payload === "the end" ? resolve() : heard.push(payload)));
	});
	const listeners = await Promise.all(listening);
	const stop = async () => {
		for (const channel of channels) await admin.notify(channel, "the end");
		await Promise.all(ends);
		await Promise.all(listeners.map(async ({ unlisten }) => await unlisten()));
	};
	return { heard, stop };
}
