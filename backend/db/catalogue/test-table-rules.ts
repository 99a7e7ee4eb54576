import {
	identityTables,
	membershipTables,
	named,
	personTables,
	type Rule,
	sabotage,
	serviceTables,
	tenantTables,
} from "./test-rule.ts";

const tenantTable =
	"create table sheaf.notes (workspace_id uuid not null, owner_id uuid not null, id uuid, primary key (workspace_id, id))";

export const tableRules: readonly Rule[] = [
	{
		requirement: "TEN-1",
		promise: "every table is of a kind that a rule covers: a tenant's, a person's, or one of those listed by name",
		offenders: (sql) =>
			named(sql`
			select relname as name from pg_class
			where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p') and not relispartition
				and oid not in (select oid from (${sql.unsafe(tenantTables)}) t)
				and relname <> all(${[...personTables, ...membershipTables, ...identityTables, ...serviceTables]})`),
		sabotages: [
			sabotage("create table sheaf.notes (id uuid primary key)", "notes"),
			sabotage("create table sheaf.notes (workspace_id uuid, id uuid)", "notes"),
			sabotage("alter table sheaf.records rename column owner_id to author_id", "records"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "every table that knows a workspace, and every one the API's role may touch, forces row-level security",
		offenders: (sql) =>
			named(sql`
			select relname as name from pg_class
			where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
				and (has_any_column_privilege('sheaf_api', oid, 'select, insert, update')
					or has_table_privilege('sheaf_api', oid, 'delete')
					or exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'workspace_id'))`),
		sabotages: [
			sabotage("alter table sheaf.records no force row level security", "records"),
			sabotage("alter table sheaf.targets disable row level security", "targets"),
			sabotage(tenantTable, "notes"),
			sabotage("grant select (kid) on sheaf.signing_keys to sheaf_api", "signing_keys"),
			sabotage("create table sheaf.records_2 (like sheaf.records)", "records_2"),
		],
	},
	{
		requirement: "TEN-2",
		promise: "workspace and owner of every tenant table default from the settings",
		offenders: (sql) =>
			named(sql`
			select t.relname || '.' || attname as name
			from (${sql.unsafe(tenantTables)}) t join pg_attribute on attrelid = t.oid
			left join pg_attrdef on adrelid = attrelid and adnum = attnum
			where not attnotnull and attname in ('workspace_id', 'owner_id')
				or attname = 'workspace_id' and coalesce(pg_get_expr(adbin, adrelid), '') <> 'sheaf.current_workspace()'
				or attname = 'owner_id' and coalesce(pg_get_expr(adbin, adrelid), '') <> 'sheaf.current_user_id()'`),
		sabotages: [
			sabotage("alter table sheaf.records alter column workspace_id drop default", "records.workspace_id"),
			sabotage("alter table sheaf.targets alter column owner_id set default gen_random_uuid()", "targets.owner_id"),
			sabotage("alter table sheaf.audit_log alter column owner_id drop not null", "audit_log.owner_id"),
		],
	},
	{
		requirement: "TEN-4",
		promise: "every index of a tenant table starts with the tenant, unique ones and keys among them",
		offenders: (sql) =>
			named(sql`
			select indexrelid::regclass::text as name from pg_index
			join (${sql.unsafe(tenantTables)}) t on t.oid = indrelid
			where coalesce((select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0]), '')
				<> 'workspace_id'`),
		sabotages: [
			sabotage("create index by_time on sheaf.records (updated_at)", "sheaf.by_time"),
			sabotage("alter table sheaf.records add constraint one_id unique (id)", "sheaf.one_id"),
			sabotage("create index by_words on sheaf.records (lower(kind))", "sheaf.by_words"),
		],
	},
	{
		requirement: "TEN-4",
		promise: "every tenant table has a primary key",
		offenders: (sql) =>
			named(sql`
				select relname as name from (${sql.unsafe(tenantTables)}) t
				where not exists (select from pg_index where indrelid = t.oid and indisprimary)`),
		sabotages: [sabotage("alter table sheaf.audit_log drop constraint audit_log_pkey", "audit_log")],
	},
	{
		requirement: "TEN-4",
		promise: "a foreign key to a tenant table carries the workspace on both sides, so that it cannot leave it",
		offenders: (sql) =>
			named(sql`
			select conname as name from pg_constraint
			join (${sql.unsafe(tenantTables)}) t on t.oid = confrelid
			where contype = 'f' and (
				(select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) <> 'workspace_id'
				or (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) <> 'workspace_id')`),
		sabotages: [
			sabotage(
				`alter table sheaf.records add constraint one_id unique (id);
				alter table sheaf.operations add constraint to_record foreign key (record_id) references sheaf.records (id)`,
				"to_record",
			),
			sabotage(
				`alter table sheaf.records add constraint crossed unique (id, workspace_id);
				alter table sheaf.operations add constraint to_record foreign key (workspace_id, record_id)
					references sheaf.records (id, workspace_id)`,
				"to_record",
			),
		],
	},
	{
		requirement: "TEN-1",
		promise: "there are no views but those that ask as whoever looks, no materialised ones and no foreign tables",
		offenders: (sql) =>
			named(sql`
			select relname as name from pg_class
			where relnamespace::regnamespace::text in ('sheaf', 'public') and (relkind in ('m', 'f')
				or relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false))`),
		sabotages: [
			sabotage("create view sheaf.all_records as select * from sheaf.records", "all_records"),
			sabotage("create view public.all_records as select * from sheaf.records", "all_records"),
			sabotage(
				"create view sheaf.all_records with (security_invoker = false) as select * from sheaf.records",
				"all_records",
			),
			sabotage("create materialized view sheaf.all_records as select * from sheaf.records", "all_records"),
		],
	},
	{
		requirement: "TEN-1",
		promise:
			"nothing runs by itself but what tells open pages of a change and what notes bytes to remove: no other trigger, no rewriting rule, no event trigger",
		offenders: (sql) =>
			named(sql`
			select tgname as name from pg_trigger join pg_class on pg_class.oid = tgrelid
			join pg_proc on pg_proc.oid = tgfoid
			where relnamespace = 'sheaf'::regnamespace and not tgisinternal
				and proname not in ('tell_changes', 'tell_standing', 'remove_bytes')
			union all select rulename from pg_rules where schemaname = 'sheaf'
			union all select evtname from pg_event_trigger`),
		sabotages: [
			sabotage(
				`create function sheaf.copy_row() returns trigger language plpgsql as 'begin return new; end';
				create trigger copies after insert on sheaf.records for each row execute function sheaf.copy_row()`,
				"copies",
			),
			sabotage("create rule forwards as on delete to sheaf.records do also delete from sheaf.targets", "forwards"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "nothing is published: a subscriber would get every tenant's rows",
		offenders: (sql) =>
			named(sql`
			select pubname as name from pg_publication union all select slot_name from pg_replication_slots`),
		sabotages: [sabotage("create publication everything for table sheaf.records", "everything")],
	},
];
