import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let fixture: TestDatabase;
let admin: Sql;
beforeAll(async () => {
	fixture = await createTestDatabase();
	admin = postgres(fixture.url, { max: 1 });
});
afterAll(async () => {
	await admin.end();
	await fixture.close();
});

/** What the catalogue says must not be; a promise holds when the list is empty. */
async function named(query: Promise<{ name: string }[]>): Promise<string[]> {
	return (await query).map(({ name }) => name);
}

describe("the catalogue", () => {
	test("TEN-1: there are tenant tables to look at", async () => {
		const tables = await named(admin`
			select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
			where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p') and attname = 'owner_id' order by relname`);
		expect(tables).toContain("records");
		expect(tables.length).toBeGreaterThanOrEqual(7);
	});

	test("TEN-1: every table that knows a workspace enables and forces row-level security", async () => {
		const open = await named(admin`
			select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
			where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p') and attname = 'workspace_id'
				and not (relrowsecurity and relforcerowsecurity)`);
		expect(open).toEqual([]);
	});

	test("TEN-1: every table the API's role may touch is under forced row-level security", async () => {
		const open = await named(admin`
			select relname as name from pg_class
			where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
				and has_any_column_privilege('sheaf_api', oid, 'select, insert, update')`);
		expect(open).toEqual([]);
	});

	test("TEN-1: every tenant table has a policy for each command, with USING and WITH CHECK on the workspace", async () => {
		const lacking = await named(admin`
			select relname || ' ' || command as name
			from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'owner_id'
			cross join (values ('SELECT', true, false), ('INSERT', false, true), ('UPDATE', true, true), ('DELETE', true, false))
				as wanted (command, uses, checks)
			where relnamespace = 'sheaf'::regnamespace and not exists (
				select from pg_policies
				where schemaname = 'sheaf' and tablename = relname and cmd = command and roles = '{sheaf_api}'
					and (not uses or qual like '%workspace_id = ( SELECT sheaf.current_workspace()%')
					and (not checks or with_check like '%workspace_id = ( SELECT sheaf.current_workspace()%'))`);
		expect(lacking).toEqual([]);
	});

	test("TEN-1: no policy lets the API's role past the workspace", async () => {
		const open = await named(admin`
			select policyname as name from pg_policies
			where schemaname = 'sheaf' and (roles && '{sheaf_api,public}')
				and (coalesce(qual, 'true') = 'true' and coalesce(with_check, 'true') = 'true'
					or permissive <> 'PERMISSIVE')`);
		expect(open).toEqual([]);
	});

	test("TEN-2: workspace and owner of every tenant table default from the settings", async () => {
		const lacking = await named(admin`
			select relname || '.' || attname as name
			from pg_class join pg_attribute on attrelid = pg_class.oid
			left join pg_attrdef on adrelid = attrelid and adnum = attnum
			where relnamespace = 'sheaf'::regnamespace and relkind in ('r', 'p') and attname in ('workspace_id', 'owner_id')
				and exists (select from pg_attribute owner where owner.attrelid = pg_class.oid and owner.attname = 'owner_id')
				and coalesce(pg_get_expr(adbin, adrelid), '') not in ('sheaf.current_workspace()', 'sheaf.current_user_id()')`);
		expect(lacking).toEqual([]);
	});

	test("TEN-4: primary keys, unique indexes and foreign keys of tenant tables start with the tenant", async () => {
		const wrong = await named(admin`
			select indexrelid::regclass::text as name
			from pg_index join pg_attribute owner on owner.attrelid = indrelid and owner.attname = 'owner_id'
			join pg_class on pg_class.oid = indrelid
			where relnamespace = 'sheaf'::regnamespace and indisunique
				and (select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0]) <> 'workspace_id'
			union all
			select conname from pg_constraint join pg_class target on target.oid = confrelid
			join pg_attribute owner on owner.attrelid = confrelid and owner.attname = 'owner_id'
			where contype = 'f' and connamespace = 'sheaf'::regnamespace
				and (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) <> 'workspace_id'`);
		expect(wrong).toEqual([]);
	});

	test("TEN-4: every index of a tenant table starts with the tenant", async () => {
		const wrong = await named(admin`
			select indexrelid::regclass::text as name
			from pg_index join pg_attribute owner on owner.attrelid = indrelid and owner.attname = 'owner_id'
			join pg_class on pg_class.oid = indrelid
			where relnamespace = 'sheaf'::regnamespace
				and (select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0]) <> 'workspace_id'`);
		expect(wrong).toEqual([]);
	});

	test("TEN-1: no role but the two owners owns anything, and none can bypass row-level security", async () => {
		const owners = await named(admin`
			select distinct pg_get_userbyid(relowner)::text as name from pg_class where relnamespace = 'sheaf'::regnamespace`);
		expect(owners).toEqual(["sheaf_owner"]);
		const owning = await named(admin`
			select relname as name from pg_class where pg_get_userbyid(relowner) in ('sheaf_api', 'sheaf_identity', 'sheaf_service')
			union all select proname from pg_proc where pg_get_userbyid(proowner) like 'sheaf\\_%' and prosecdef
			union all select nspname from pg_namespace
			where pg_get_userbyid(nspowner) in ('sheaf_api', 'sheaf_identity', 'sheaf_service')`);
		expect(owning).toEqual([]);
		const powerful = await named(admin`
			select rolname as name from pg_roles
			where rolname like 'sheaf\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`);
		expect(powerful).toEqual([]);
	});

	test("TEN-1: no role is a member of another, so none can become one that may do more", async () => {
		const memberships = await named(admin`
			select member::regrole || ' in ' || roleid::regrole as name from pg_auth_members
			where member::regrole::text like 'sheaf\\_%'`);
		expect(memberships).toEqual([]);
	});

	test("TEN-1: nobody may truncate, reference or attach triggers: those bypass row-level security", async () => {
		const granted = await named(admin`
			select grantee::regrole || ' ' || privilege_type || ' ' || relname as name from pg_class, aclexplode(relacl)
			where relnamespace = 'sheaf'::regnamespace and grantee <> relowner
				and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')`);
		expect(granted).toEqual([]);
	});

	test("TEN-2: the API's role cannot change who owns a row or which tenant it is in", async () => {
		const movable = await named(admin`
			select attrelid::regclass || '.' || attname as name from pg_attribute
			join pg_class on pg_class.oid = attrelid
			where relnamespace = 'sheaf'::regnamespace and relkind = 'r' and attname in ('workspace_id', 'owner_id', 'id')
				and has_column_privilege('sheaf_api', attrelid, attname, 'update')`);
		expect(movable).toEqual([]);
	});

	test("SYNC-8: the API's role can add to the audit log and read it, never change it", async () => {
		const [may] = await admin`
			select has_table_privilege('sheaf_api', 'sheaf.audit_log', 'insert') as "insert",
				has_any_column_privilege('sheaf_api', 'sheaf.audit_log', 'update') as "update",
				has_table_privilege('sheaf_api', 'sheaf.audit_log', 'delete') as "delete"`;
		expect(may).toEqual({ insert: true, update: false, delete: false });
	});

	test("TEN-1: the role that works across tenants sees no content", async () => {
		const visible = await named(admin`
			select relname || '.' || attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
			where relnamespace = 'sheaf'::regnamespace and relkind = 'r' and attnum > 0 and relname <> 'provider_budgets'
				and has_column_privilege('sheaf_service', attrelid, attname, 'select') order by 1`);
		const allowed = ["id", "lane", "lease_until", "next_attempt_at", "state", "status", "target_id", "workspace_id"];
		expect(visible.length).toBeGreaterThan(0);
		expect(visible.filter((name) => !allowed.includes(name.split(".")[1] ?? ""))).toEqual([]);
	});
});
