/**
 * What the catalogue must never hold (TEN-1, TEN-2, TEN-4, SYNC-8). `offenders` answers a `name` for each thing that breaks the
 * rule; `sabotage` is a mistake as a migration could make it, which the rule then has to name as `named`.
 */
export type CatalogueRule = { promise: string; offenders: string; sabotage: string; named: string };

const inSchema = "relnamespace = 'sheaf'::regnamespace";
/** A tenant's table is one with an owner. */
const tenantTables = `pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'owner_id' and not attisdropped
	where ${inSchema} and relkind in ('r', 'p')`;
const appRoles = "('sheaf_api', 'sheaf_identity', 'sheaf_service')";

const tables: CatalogueRule[] = [
	{
		promise: "TEN-1: every table that knows a workspace or an owner enables and forces row-level security",
		offenders: `select distinct relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
			where ${inSchema} and relkind in ('r', 'p') and attname in ('workspace_id', 'owner_id')
				and not (relrowsecurity and relforcerowsecurity)`,
		sabotage: "alter table sheaf.records no force row level security",
		named: "records",
	},
	{
		promise: "TEN-1: every table the API's role may touch is under forced row-level security",
		offenders: `select relname as name from pg_class
			where ${inSchema} and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
				and has_any_column_privilege('sheaf_api', oid, 'select, insert, update')`,
		sabotage: "grant select on sheaf.users to sheaf_api",
		named: "users",
	},
	{
		promise: "TEN-1: every tenant table has a policy for each command, with USING and WITH CHECK on the workspace",
		offenders: `select relname || ' ' || command as name
			from (select relname from ${tenantTables}) as tenant
			cross join (values ('SELECT', true, false), ('INSERT', false, true), ('UPDATE', true, true), ('DELETE', true, false))
				as wanted (command, uses, checks)
			where not exists (
				select from pg_policies
				where schemaname = 'sheaf' and tablename = relname and cmd = command and roles = '{sheaf_api}'
					and (not uses or qual like '%workspace_id = ( SELECT sheaf.current_workspace()%')
					and (not checks or with_check like '%workspace_id = ( SELECT sheaf.current_workspace()%'))`,
		sabotage: "drop policy records_update on sheaf.records",
		named: "records UPDATE",
	},
	{
		promise: "TEN-2: workspace and owner of every tenant table are set from the settings",
		offenders: `select relname || '.' || attname as name
			from pg_class join pg_attribute on attrelid = pg_class.oid
			left join pg_attrdef on adrelid = attrelid and adnum = attnum
			where pg_class.oid in (select pg_class.oid from ${tenantTables}) and attname in ('workspace_id', 'owner_id')
				and coalesce(pg_get_expr(adbin, adrelid), '') not in ('sheaf.current_workspace()', 'sheaf.current_user_id()')`,
		sabotage: "alter table sheaf.records alter column owner_id drop default",
		named: "records.owner_id",
	},
	{
		promise: "TEN-4: every index of a tenant table starts with the tenant",
		offenders: `select indexrelid::regclass::text as name from pg_index
			where indrelid in (select pg_class.oid from ${tenantTables})
				and (select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0])
					is distinct from 'workspace_id'`,
		sabotage: "create index records_kind on sheaf.records (kind)",
		named: "sheaf.records_kind",
	},
	{
		promise: "TEN-4: every tenant table has its primary key on the tenant first",
		offenders: `select relname as name from (select pg_class.oid, relname from ${tenantTables}) as tenant
			where not exists (select from pg_index where indrelid = tenant.oid and indisprimary)`,
		sabotage: "alter table sheaf.audit_log drop constraint audit_log_pkey",
		named: "audit_log",
	},
	{
		promise: "TEN-4: a foreign key to a tenant table carries the tenant",
		offenders: `select conname as name from pg_constraint
			where contype = 'f' and confrelid in (select pg_class.oid from ${tenantTables})
				and ((select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) <> 'workspace_id'
					or (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) <> 'workspace_id')`,
		sabotage: `alter table sheaf.targets add constraint targets_swapped foreign key (connection_id, workspace_id)
			references sheaf.connections (id, workspace_id) not valid`,
		named: "targets_swapped",
	},
];

const policies: CatalogueRule[] = [
	{
		promise: "TEN-1: no policy lets the API's role or everybody past the settings",
		offenders: `select policyname as name from pg_policies
			where schemaname = 'sheaf' and roles && '{sheaf_api,public}'
				and (coalesce(qual, 'true') = 'true' and coalesce(with_check, 'true') = 'true'
					or permissive <> 'PERMISSIVE' or roles && '{public}')`,
		sabotage: "create policy open on sheaf.records to sheaf_api using (true)",
		named: "open",
	},
	{
		promise: "TEN-1: policies read a setting through its function in a sub-select, and never by themselves",
		offenders: `select policyname as name from pg_policies
			where schemaname = 'sheaf' and (coalesce(qual, '') || coalesce(with_check, '')) ~
				'current_setting|(?<!SELECT )sheaf[.]current_'`,
		sabotage:
			"create policy bare on sheaf.records for select to sheaf_api using (workspace_id = sheaf.current_workspace())",
		named: "bare",
	},
	{
		promise:
			"TEN-1: the settings' functions answer null for an empty setting, as the caller and without a fixed path of their own",
		offenders: `select proname as name from pg_proc where pronamespace = 'sheaf'::regnamespace
			and (prosecdef or proconfig is not null or prokind <> 'f'
				or proname like 'current%' and pg_get_functiondef(oid) !~* 'nullif\\(current_setting\\(.*true\\)')`,
		sabotage: `create or replace function sheaf.current_workspace() returns uuid language sql stable
			return current_setting('app.workspace_id')::uuid`,
		named: "current_workspace",
	},
	{
		promise: "TEN-1: nothing runs with its owner's rights: no SECURITY DEFINER, no trigger, no rule",
		offenders: `select proname as name from pg_proc where pronamespace = 'sheaf'::regnamespace and prosecdef
			union all select tgname from pg_trigger join pg_class on pg_class.oid = tgrelid
				where ${inSchema} and not tgisinternal
			union all select rulename from pg_rewrite join pg_class on pg_class.oid = ev_class
				where ${inSchema} and relkind not in ('v', 'm')`,
		sabotage: `create function sheaf.every_record() returns bigint language sql security definer
			begin atomic select count(*) from sheaf.records; end`,
		named: "every_record",
	},
	{
		promise: "TEN-1: views ask as whoever reads them, and there is no materialised one",
		offenders: `select relname as name from pg_class where ${inSchema} and (relkind = 'm' or relkind = 'v'
			and not coalesce(reloptions && '{security_invoker=true,security_invoker=on}', false))`,
		sabotage: "create view sheaf.all_records as select id from sheaf.records",
		named: "all_records",
	},
];

const grants: CatalogueRule[] = [
	{
		promise: "TEN-1: nobody may truncate, reference or attach triggers: those bypass row-level security",
		offenders: `select grantee::regrole || ' ' || privilege_type || ' ' || relname as name from pg_class, aclexplode(relacl)
			where ${inSchema} and grantee <> relowner
				and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')`,
		sabotage: "grant truncate on sheaf.records to sheaf_api",
		named: "sheaf_api TRUNCATE records",
	},
	{
		promise: "TEN-1: nothing is granted to everybody, or with the right to hand it on",
		offenders: `select relname || ' ' || privilege_type as name from pg_class, aclexplode(relacl)
				where ${inSchema} and (grantee = 0 or is_grantable and grantee <> relowner)
			union all select 'schema ' || privilege_type from pg_namespace, aclexplode(nspacl)
				where nspname = 'sheaf' and (grantee = 0 or is_grantable and grantee <> nspowner)`,
		sabotage: "grant select on sheaf.records to public",
		named: "records SELECT",
	},
	{
		promise: "TEN-1: a table made tomorrow is granted to nobody by default",
		offenders: `select defaclrole::regrole || ' ' || defaclobjtype::text as name from pg_default_acl, aclexplode(defaclacl)
			where grantee <> defaclrole`,
		sabotage: "alter default privileges for role sheaf_owner in schema sheaf grant select on tables to sheaf_api",
		named: "sheaf_owner r",
	},
	{
		promise: "TEN-2: the API's role cannot change who owns a row, which tenant it is in, or its id",
		offenders: `select relname || '.' || attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
			where ${inSchema} and relkind in ('r', 'p') and attname in ('workspace_id', 'owner_id', 'user_id', 'id')
				and has_column_privilege('sheaf_api', attrelid, attname, 'update')`,
		sabotage: "grant update (owner_id) on sheaf.records to sheaf_api",
		named: "records.owner_id",
	},
	{
		promise: "SYNC-8: the audit log can be added to and read, never changed",
		offenders: `select grantee || ' ' || privilege as name
			from unnest(array['sheaf_api', 'sheaf_identity', 'sheaf_service']) as grantee,
				unnest(array['update', 'delete']) as privilege
			where has_table_privilege(grantee, 'sheaf.audit_log', privilege)
				or privilege = 'update' and has_any_column_privilege(grantee, 'sheaf.audit_log', 'update')`,
		sabotage: "grant update (outcome) on sheaf.audit_log to sheaf_identity",
		named: "sheaf_identity update",
	},
	{
		promise: "TEN-1: the role that works across tenants sees no content",
		offenders: `select relname || '.' || attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
			where ${inSchema} and relkind in ('r', 'p') and attnum > 0 and relname <> 'provider_budgets'
				and has_column_privilege('sheaf_service', attrelid, attname, 'select')
				and attname not in ('id', 'lane', 'lease_until', 'next_attempt_at', 'state', 'status', 'target_id', 'workspace_id')`,
		sabotage: "grant select (fields) on sheaf.records to sheaf_service",
		named: "records.fields",
	},
];

const roles: CatalogueRule[] = [
	{
		promise: "TEN-1: no role can bypass row-level security or make itself one that can",
		offenders: `select rolname as name from pg_roles
			where rolname like 'sheaf\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
		sabotage: "alter role sheaf_api bypassrls",
		named: "sheaf_api",
	},
	{
		promise: "TEN-1: no role is a member of another, so none can become one that may do more",
		offenders: `select member::regrole || ' in ' || roleid::regrole as name from pg_auth_members
			where member::regrole::text like 'sheaf\\_%'`,
		sabotage: "grant sheaf_identity to sheaf_api",
		named: "sheaf_api in sheaf_identity",
	},
	{
		promise: "TEN-1: the roles that work own nothing; the tables belong to the role that migrates",
		offenders: `select relname as name from pg_class
				where ${inSchema} and pg_get_userbyid(relowner) <> 'sheaf_owner'
			union all select relname from pg_class where pg_get_userbyid(relowner) in ${appRoles}
			union all select nspname from pg_namespace where pg_get_userbyid(nspowner) in ${appRoles}`,
		sabotage: "alter table sheaf.records owner to sheaf_api",
		named: "records",
	},
];

export const catalogueRules: readonly CatalogueRule[] = [...tables, ...policies, ...grants, ...roles];
