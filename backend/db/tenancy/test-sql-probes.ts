import { insertConnection, insertRecord, insertTarget } from "../test-rows.ts";
import { leakProbes } from "./test-leak-probes.ts";
import { roleProbes } from "./test-role-probes.ts";
import { contentTables, refusal, refused, type SqlProbe } from "./test-sql-scene.ts";

const reading: readonly SqlProbe[] = [
	{
		name: "no settings",
		tries: "a connection of the API's role, and no word of whom it is for; before it served anybody and afterwards",
		promised: "0 rows in 10 tables",
		attack: async ({ pool, attack }) => {
			const tables = [...contentTables, "workspaces", "workspace_members", "user_settings"];
			const count = async () => {
				const counts = await Promise.all(tables.map((table) => pool`select from ${pool(`sheaf.${table}`)}`));
				return counts.reduce((sum, rows) => sum + rows.length, 0);
			};
			const [before] = [await count()];
			await attack((sql) => sql`select from sheaf.records`);
			return `${before + (await count())} rows in ${tables.length} tables`;
		},
	},
	{
		name: "settings that are no ids",
		tries: "a list, a pattern and SQL where the workspace's id is kept",
		promised: "22P02",
		attack: async ({ pool, victim }) => {
			const texts = ["%", "null", `${victim.principal.workspaceId},`, `${victim.principal.workspaceId}' or true --`];
			const answers = texts.map((text) =>
				refusal(
					pool.begin(async (sql) => {
						await sql`select set_config('app.workspace_id', ${text}, true)`;
						await sql`select from sheaf.records`;
					}),
				),
			);
			return [...new Set(await Promise.all(answers))].join("; ");
		},
	},
	{
		name: "every way to ask for a row",
		tries: "by id, by workspace, by a join, in a sub-select, counted, locked and by its place on disk",
		promised: "0 rows, 7 times",
		attack: async ({ attack, victim: { principal, ids } }) => {
			const found = await attack(async (sql) => [
				await sql`select from sheaf.records where id = ${ids.record}`,
				await sql`select from sheaf.records where workspace_id = ${principal.workspaceId}`,
				await sql`
					select from sheaf.targets t right join sheaf.records r on true where r.workspace_id = ${principal.workspaceId}`,
				await sql`select from (select 1) one where exists (select from sheaf.records where id = ${ids.record})`,
				await sql`
					select workspace_id from sheaf.records group by 1 having workspace_id = ${principal.workspaceId}`,
				await sql`select from sheaf.records where id = ${ids.record} for update`,
				await sql`select from sheaf.records where ctid = '(0,1)' and workspace_id = ${principal.workspaceId}`,
			]);
			return `${found.reduce((sum, rows) => sum + rows.length, 0)} rows, ${found.length} times`;
		},
	},
	refused(
		{ name: "people and secrets", tries: "whoever has content to do with reads how people sign in", promised: "42501" },
		() =>
			["users", "user_accounts", "device_sessions", "signing_keys", "email_challenges", "workspace_invites"].map(
				(table) => `select from sheaf.${table}`,
			),
	),
];

const writing: readonly SqlProbe[] = [
	{
		name: "row for another tenant, or in another's name",
		tries: "workspace and owner are given with the row",
		promised: "42501",
		attack: async ({ attack, victim: { principal } }) => {
			const answers = [
				await refusal(attack((sql) => insertConnection(sql, Bun.randomUUIDv7(), principal.workspaceId))),
				await refusal(
					attack(
						(sql) => sql`
							insert into sheaf.records (owner_id, id, kind, version, captured_at, source, fields, content_hash)
							values (${principal.userId}, ${Bun.randomUUIDv7()}, 'page', 1, now(), '{}', '{}', '\\x00')`,
					),
				),
			];
			return [...new Set(answers)].join("; ");
		},
	},
	refused(
		{ name: "row that moves", tries: "a row is moved to another tenant, or another's is taken", promised: "42501" },
		({ victim, attacker }) => [
			`update sheaf.records set workspace_id = '${victim.principal.workspaceId}'`,
			`update sheaf.records set workspace_id = '${attacker.principal.workspaceId}' where id = '${victim.ids.record}'`,
			`update sheaf.connections set owner_id = '${attacker.principal.userId}'`,
		],
	),
	{
		name: "change and removal of all there is",
		tries: "an update and a delete that name nothing",
		promised: "1 row each, one's own",
		attack: async ({ attack, asTenant, victim }) => {
			const counts: number[] = [];
			const undone = new Error("undone");
			const work = attack(async (sql) => {
				counts.push((await sql`update sheaf.records set kind = 'stolen'`).count);
				counts.push((await sql`delete from sheaf.connections`).count);
				throw undone;
			});
			await work.catch((error: unknown) => {
				if (error !== undone) throw error;
			});
			const [row] = await asTenant(victim.principal, (sql) => sql`select kind from sheaf.records`);
			return `${[...new Set(counts)].join()} row each, ${row?.["kind"] === "stolen" ? "theirs" : "one's own"}`;
		},
	},
	{
		name: "upsert onto another's row",
		tries: "the row is there already, so that it is changed instead",
		promised: "42501",
		attack: ({ attack, victim: { principal, ids } }) =>
			refusal(
				attack(
					(sql) => sql`
						insert into sheaf.records (workspace_id, id, kind, version, captured_at, source, fields, content_hash)
						values (${principal.workspaceId}, ${ids.record}, 'page', 1, now(), '{}', '{}', '\\x00')
						on conflict (workspace_id, id) do update set kind = 'stolen'`,
				),
			),
	},
	{
		name: "id that is taken",
		tries: "an insert of another's id is refused, or silently dropped, and so tells that it is there",
		promised: "1 row, like what is not there",
		attack: async ({ attack, victim }) => {
			const insert = (id: string) =>
				attack(async (sql) => {
					const inserted = await sql`
						insert into sheaf.records (id, kind, version, captured_at, source, fields, content_hash)
						values (${id}, 'page', 1, now(), '{}', '{}', '\\x00') on conflict do nothing`;
					return inserted.count;
				});
			const [theirs, nobodys] = [await insert(victim.ids.record), await insert(Bun.randomUUIDv7())];
			return `${theirs} row, ${theirs === nobodys ? "like" : "unlike"} what is not there`;
		},
	},
	{
		name: "key to another tenant's row",
		tries:
			"a target on their connection, a record at their target, a record that theirs stands for, a delivery of theirs",
		promised: "23503",
		attack: async ({ asTenant, attack, victim: { principal, ids }, attacker }) => {
			// One that nobody has a record of the same id of.
			const record = Bun.randomUUIDv7();
			await asTenant(principal, (sql) => insertRecord(sql, record, null));
			const answers = [
				await refusal(attack((sql) => insertTarget(sql, Bun.randomUUIDv7(), ids.connection))),
				await refusal(attack((sql) => insertRecord(sql, Bun.randomUUIDv7(), ids.target))),
				await refusal(
					attack(
						(sql) => sql`
							update sheaf.records set superseded_by = ${record} where id = ${attacker.ids.record}`,
					),
				),
				await refusal(
					attack(
						(sql) => sql`
							insert into sheaf.deliveries (target_id, record_id, lane, version)
							values (${ids.target}, ${attacker.ids.record}, 'c/b', 1)`,
					),
				),
			];
			return [...new Set(answers)].join("; ");
		},
	},
	{
		name: "viewer in SQL",
		tries: "whoever may only look adds, changes and deletes",
		promised: "add: 42501; change: 0 rows; delete: 0 rows",
		attack: async ({ asTenant, attacker }) => {
			const viewer = { ...attacker.principal, role: "viewer" } as const;
			const add = await refusal(asTenant(viewer, (sql) => insertRecord(sql, Bun.randomUUIDv7(), null)));
			const [changed, deleted] = await asTenant(viewer, async (sql) => [
				(await sql`update sheaf.records set kind = 'x'`).count,
				(await sql`delete from sheaf.records`).count,
			]);
			return `add: ${add}; change: ${changed} rows; delete: ${deleted} rows`;
		},
	},
	refused(
		{ name: "history rewritten", tries: "the audit log is changed, emptied and cut off", promised: "42501" },
		() => ["update sheaf.audit_log set outcome = 'nothing'", "delete from sheaf.audit_log", "truncate sheaf.audit_log"],
	),
	refused(
		{
			name: "membership given to oneself",
			tries: "a member, a role or a workspace is written by the API's role",
			promised: "42501",
		},
		({ victim, attacker }) => [
			`insert into sheaf.workspace_members (workspace_id, user_id, role)
			values ('${victim.principal.workspaceId}', '${attacker.principal.userId}', 'owner')`,
			"update sheaf.workspace_members set role = 'owner'",
			"update sheaf.workspaces set plan = 'pro'",
		],
	),
];

export const sqlProbes = {
	title: "In SQL, as the API's role",
	requirement: "TEN-1",
	probes: [...reading, ...writing, ...roleProbes, ...leakProbes],
};
