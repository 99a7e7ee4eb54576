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

/** Every right on a table or one of its columns, by whoever was given it; 0 is PUBLIC. */
const granted = `
	select c.oid, c.relname, grantee, privilege_type, is_grantable, relowner, null::name as attname
	from pg_class c, aclexplode(relacl) where c.relnamespace = 'sheaf'::regnamespace
	union all
	select c.oid, c.relname, grantee, privilege_type, is_grantable, relowner, attname
	from pg_attribute join pg_class c on c.oid = attrelid, aclexplode(attacl) where c.relnamespace = 'sheaf'::regnamespace`;

const rights = "'select, insert, update, references'";

export const grantRules: readonly Rule[] = [
	{
		requirement: "TEN-1",
		promise: "nobody but the roles of this backend holds anything, least of all everybody",
		offenders: (sql) =>
			named(sql`
				select coalesce(nullif(grantee, 0)::regrole::text, 'public') || ' ' || privilege_type || ' ' || name as name from (
					select grantee, privilege_type, relname as name from (${sql.unsafe(granted)}) g
					union all select grantee, privilege_type, 'schema ' || nspname from pg_namespace, aclexplode(nspacl)
						where nspname in ('sheaf', 'sheaf_migrations', 'bullmq', 'public') and grantee <> nspowner
					union all select grantee, privilege_type, 'function ' || proname
						from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
						where pronamespace = 'sheaf'::regnamespace
					union all select grantee, privilege_type, 'the database'
						from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
						where datname = current_database() and grantee <> datdba
				) held
				where grantee = 0 or grantee::regrole::text <> all(
					'{sheaf_owner,sheaf_api,sheaf_identity,sheaf_service,sheaf_queue}'::text[])`),
		sabotages: [
			sabotage("grant select on sheaf.records to public", "public SELECT records"),
			sabotage("grant select (email) on sheaf.users to public", "public SELECT users"),
			sabotage("grant usage on schema sheaf to public", "public USAGE schema sheaf"),
			sabotage("grant create on schema public to public", "public CREATE schema public"),
			sabotage(
				"grant execute on function sheaf.current_workspace() to public",
				"public EXECUTE function current_workspace",
			),
			sabotage(
				"do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$",
				"public TEMPORARY the database",
			),
			sabotage("create role stranger; grant select on sheaf.records to stranger", "stranger SELECT records"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "no default privilege gives away what is made later: not a table, and not a function either",
		offenders: (sql) =>
			named(sql`
				select coalesce(nullif(grantee, 0)::regrole::text, 'public') || ' ' || privilege_type as name
				from pg_default_acl, aclexplode(defaclacl) where grantee <> defaclrole
				union all
				select 'functions of sheaf_owner' where not exists (
					select from pg_default_acl
					where defaclrole = 'sheaf_owner'::regrole and defaclnamespace = 0 and defaclobjtype = 'f')`),
		sabotages: [
			sabotage(
				"alter default privileges for role sheaf_owner in schema sheaf grant select on tables to sheaf_api",
				"sheaf_api SELECT",
			),
			sabotage(
				"alter default privileges for role sheaf_owner grant execute on functions to public",
				"functions of sheaf_owner",
			),
			sabotage("alter default privileges grant usage on schemas to public", "public USAGE"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "nobody may truncate, reference, attach triggers or maintain: those pass row-level security by",
		offenders: (sql) =>
			named(sql`
				select grantee::regrole || ' ' || privilege_type || ' ' || relname as name from (${sql.unsafe(granted)}) g
				where grantee <> relowner and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')`),
		sabotages: ["TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"].map((right) =>
			sabotage(`grant ${right} on sheaf.records to sheaf_api`, `sheaf_api ${right} records`),
		),
	},
	{
		requirement: "TEN-1",
		promise: "nobody may pass a right on",
		offenders: (sql) =>
			named(sql`
				select grantee::regrole || ' ' || relname as name from (${sql.unsafe(granted)}) g
				where grantee <> relowner and is_grantable`),
		sabotages: [
			sabotage("grant select on sheaf.records to sheaf_api with grant option", "sheaf_api records"),
			sabotage("grant update (name) on sheaf.targets to sheaf_api with grant option", "sheaf_api targets"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "the API's role touches tenants' and persons' tables, reads who is in a workspace, and nothing else",
		offenders: (sql) =>
			named(sql`
				select relname as name from pg_class
				where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
					and (relkind <> 'S' and has_any_column_privilege('sheaf_api', oid, ${sql.unsafe(rights)})
						or has_table_privilege('sheaf_api', oid, 'delete'))
					and oid not in (select oid from (${sql.unsafe(tenantTables)}) t) and relname <> all(${personTables})
					and not (relname = any(${membershipTables})
						and not has_any_column_privilege('sheaf_api', oid, 'insert, update')
						and not has_table_privilege('sheaf_api', oid, 'delete'))`),
		sabotages: [
			sabotage("grant select on sheaf.users to sheaf_api", "users"),
			sabotage("grant select (private_jwe) on sheaf.signing_keys to sheaf_api", "signing_keys"),
			sabotage("grant insert on sheaf.workspace_members to sheaf_api", "workspace_members"),
			sabotage("grant delete on sheaf.device_sessions to sheaf_api", "device_sessions"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "the identity's role touches people and workspaces, adds to the audit log, and sees no tenant's content",
		offenders: (sql) =>
			named(sql`
				select relname || ' ' || lower(privilege_type) as name from (${sql.unsafe(granted)}) g
				where grantee = 'sheaf_identity'::regrole and relname <> all(${[...identityTables, ...membershipTables]})
					and not (relname = 'audit_log' and privilege_type = 'INSERT')`),
		sabotages: [
			sabotage("grant select on sheaf.records to sheaf_identity", "records select"),
			sabotage("grant select on sheaf.audit_log to sheaf_identity", "audit_log select"),
			sabotage("grant select (credential_jwe) on sheaf.connections to sheaf_identity", "connections select"),
			sabotage("grant update on sheaf.user_settings to sheaf_identity", "user_settings update"),
		],
	},
	{
		requirement: "TEN-1",
		promise:
			"the role that works across tenants reads which lanes are due and whose connections are where, keeps budgets, and sees no content",
		offenders: (sql) =>
			named(sql`
				select relname || coalesce('.' || attname, '') || ' ' || lower(privilege_type) as name
				from (${sql.unsafe(granted)}) g
				where grantee = 'sheaf_service'::regrole and relname <> all(${serviceTables}) and not (
					privilege_type = 'SELECT' and relname in ('deliveries', 'targets', 'event_deliveries', 'bulk_operations') and coalesce(attname, '') in
						('id', 'lane', 'lease_until', 'next_attempt_at', 'state', 'status', 'target_id', 'workspace_id', 'hook_id',
						'frequency', 'schedule', 'next_run_at', 'undo_until', 'remote_look_at', 'connection_id', 'container_id')
				) and not (privilege_type = 'SELECT' and relname = 'connections' and coalesce(attname, '') in
						('id', 'owner_id', 'workspace_id', 'status', 'refresh_at', 'next_check_at', 'credential_kid', 'provider'))
				and not (privilege_type = 'SELECT' and relname in ('selections', 'selection_runs') and coalesce(attname, '') in ('workspace_id', 'id',
						'next_run_at', 'paused', 'status', 'next_at'))
				and not (privilege_type = 'SELECT' and relname in ('blobs_meta', 'blob_removals') and coalesce(attname, '') in ('workspace_id',
						'touched_at', 'stored_at', 'due_at'))
				and not (privilege_type = 'SELECT' and relname = 'watches' and coalesce(attname, '') in ('workspace_id', 'id',
						'connection_id', 'provider', 'container_id', 'state', 'remote_id', 'noticed', 'next_at'))`),
		sabotages: [
			sabotage("grant select (fields) on sheaf.records to sheaf_service", "records.fields select"),
			sabotage("grant select (problem) on sheaf.deliveries to sheaf_service", "deliveries.problem select"),
			sabotage("grant select on sheaf.targets to sheaf_service", "targets select"),
			sabotage(
				"grant select (credential_jwe) on sheaf.connections to sheaf_service",
				"connections.credential_jwe select",
			),
			sabotage("grant select (secret_jwe) on sheaf.watches to sheaf_service", "watches.secret_jwe select"),
			sabotage("grant update (state) on sheaf.deliveries to sheaf_service", "deliveries.state update"),
		],
	},
	{
		requirement: "TEN-2",
		promise: "the API's role cannot change who owns a row, which tenant it is in or what it is called by",
		offenders: (sql) =>
			named(sql`
				select relname || '.' || attname as name from (${sql.unsafe(tenantTables)}) t
				join pg_attribute on attrelid = t.oid
				where attname in ('workspace_id', 'owner_id', 'id') and has_column_privilege('sheaf_api', t.oid, attname, 'update')`),
		sabotages: [
			sabotage("grant update on sheaf.records to sheaf_api", "records.workspace_id"),
			sabotage("grant update (owner_id) on sheaf.targets to sheaf_api", "targets.owner_id"),
		],
	},
	{
		requirement: "SYNC-8",
		promise: "the audit log can be added to, and never changed",
		offenders: (sql) =>
			named(sql`
				select grantee::regrole || ' ' || lower(privilege_type) as name from (${sql.unsafe(granted)}) g
				where relname = 'audit_log' and grantee <> relowner and privilege_type not in ('INSERT', 'SELECT')`),
		sabotages: [
			sabotage("grant update (outcome) on sheaf.audit_log to sheaf_api", "sheaf_api update"),
			sabotage("grant delete on sheaf.audit_log to sheaf_identity", "sheaf_identity delete"),
		],
	},
];
