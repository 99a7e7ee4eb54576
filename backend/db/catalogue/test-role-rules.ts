import { named, type Rule, sabotage } from "./test-rule.ts";

const roleNames = "'{sheaf_owner,sheaf_api,sheaf_identity,sheaf_service,sheaf_queue}'";

export const roleRules: readonly Rule[] = [
	{
		requirement: "TEN-1",
		promise: "no role is a superuser, passes row-level security by, or makes roles, databases or replicas",
		offenders: (sql) =>
			named(sql`
				select rolname as name from pg_roles
				where rolname like 'sheaf\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`),
		sabotages: [
			sabotage("alter role sheaf_api bypassrls", "sheaf_api"),
			sabotage("alter role sheaf_owner superuser", "sheaf_owner"),
			sabotage("alter role sheaf_identity createrole", "sheaf_identity"),
			sabotage("alter role sheaf_service replication", "sheaf_service"),
			sabotage("create role sheaf_support bypassrls", "sheaf_support"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "no role is a member of any other, so none can become one that may do more",
		offenders: (sql) =>
			named(sql`
				select member::regrole || ' in ' || roleid::regrole as name from pg_auth_members
				where member::regrole::text like 'sheaf\\_%'`),
		sabotages: [
			sabotage("grant sheaf_owner to sheaf_api", "sheaf_api in sheaf_owner"),
			sabotage("grant sheaf_identity to sheaf_api with inherit false", "sheaf_api in sheaf_identity"),
			sabotage("grant pg_read_all_data to sheaf_service", "sheaf_service in pg_read_all_data"),
			sabotage("grant pg_signal_backend to sheaf_queue", "sheaf_queue in pg_signal_backend"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "only the owner and the queue own anything: an owner can take row-level security off",
		offenders: (sql) =>
			named(sql`
				select pg_describe_object(classid, objid, objsubid) || ' of ' || refobjid::regrole as name
				from pg_shdepend
				where refclassid = 'pg_authid'::regclass and deptype = 'o'
					and dbid in (0, (select oid from pg_database where datname = current_database()))
					and refobjid::regrole::text = any(${sql.unsafe(roleNames)}::text[])
					and not (refobjid = 'sheaf_owner'::regrole or refobjid = 'sheaf_queue'::regrole)
				union all
				select relname || ' of ' || pg_get_userbyid(relowner) from pg_class
				where relnamespace = 'sheaf'::regnamespace and relowner <> 'sheaf_owner'::regrole`),
		sabotages: [
			sabotage("alter table sheaf.records owner to sheaf_api", "table sheaf.records of sheaf_api"),
			sabotage(
				"alter function sheaf.current_workspace() owner to sheaf_identity",
				"function sheaf.current_workspace() of sheaf_identity",
			),
			sabotage("create schema mine authorization sheaf_service", "schema mine of sheaf_service"),
			sabotage("alter table sheaf.targets owner to sheaf_queue", "targets of sheaf_queue"),
			sabotage("create table sheaf.notes (id uuid)", "notes of postgres"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "each schema is open to whom it is for, and only its owner makes anything in it",
		offenders: (sql) =>
			named(sql`
				select rolname || ' ' || right_name || ' ' || nspname as name
				from pg_roles, pg_namespace, unnest('{usage,create}'::text[]) as right_name
				where rolname = any(${sql.unsafe(roleNames)}::text[]) and pg_get_userbyid(nspowner) <> rolname
					and nspname !~ '^pg_' and nspname <> 'information_schema'
					and has_schema_privilege(rolname, pg_namespace.oid, right_name)
					and not (nspname = 'sheaf' and right_name = 'usage'
						and rolname in ('sheaf_api', 'sheaf_identity', 'sheaf_service'))`),
		sabotages: [
			sabotage("grant create on schema sheaf to sheaf_api", "sheaf_api create sheaf"),
			sabotage("grant usage on schema bullmq to sheaf_api", "sheaf_api usage bullmq"),
			sabotage("grant usage on schema sheaf to sheaf_queue", "sheaf_queue usage sheaf"),
			sabotage("grant usage on schema sheaf_migrations to sheaf_identity", "sheaf_identity usage sheaf_migrations"),
			sabotage("grant usage on schema public to public", "sheaf_service usage public"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "nobody makes anything in the database but its owners, not even for the time of a session",
		offenders: (sql) =>
			named(sql`
				select rolname || ' ' || right_name as name from pg_roles, unnest('{create,temporary}'::text[]) as right_name
				where rolname = any(${sql.unsafe(roleNames)}::text[])
					and has_database_privilege(rolname, current_database(), right_name)
					and not (right_name = 'create' and rolname in ('sheaf_owner', 'sheaf_queue'))`),
		sabotages: ["create", "temporary"].map((right) =>
			sabotage(
				`do $$ begin execute format('grant ${right} on database %I to sheaf_api', current_database()); end $$`,
				`sheaf_api ${right}`,
			),
		),
	},
	{
		requirement: "TEN-1",
		promise: "no role, and not the database, comes with settings of its own: a tenant by default would be everybody's",
		offenders: (sql) =>
			named(sql`
				select coalesce(nullif(setrole, 0)::regrole::text, 'the database') || ' ' || setting as name
				from pg_db_role_setting, unnest(setconfig) as setting
				where (setrole = 0 or setrole::regrole::text like 'sheaf\\_%')
					and (setdatabase = 0 or setdatabase = (select oid from pg_database where datname = current_database()))`),
		sabotages: [
			sabotage("alter role sheaf_api set app.role = 'owner'", "sheaf_api app.role=owner"),
			sabotage(
				"do $$ begin execute format('alter database %I set row_security = off', current_database()); end $$",
				"the database row_security=off",
			),
		],
	},
];
