import { type Catalogue, named, type Rule, sabotage, tenantTables } from "./test-rule.ts";

type Policy = {
	table: string;
	name: string;
	command: "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "ALL";
	roles: string[];
	permissive: "PERMISSIVE" | "RESTRICTIVE";
	using: string | null;
	check: string | null;
};

async function policiesIn(sql: Catalogue): Promise<Policy[]> {
	return await sql<Policy[]>`
		select tablename as table, policyname as name, cmd as command, roles::text[] as roles, permissive, qual as using,
			with_check as check
		from pg_policies where schemaname = 'sheaf' order by policyname`;
}

const sub = (name: string) => `( SELECT sheaf.${name}() AS ${name})`;
const ofTheWorkspace = `(workspace_id = ${sub("current_workspace")})`;

/** Row-level security as PostgreSQL prints it back. What follows the workspace may only narrow it: an OR would stand before it. */
function beginsWithWorkspace(condition: string | null): boolean {
	return condition === ofTheWorkspace || (condition?.startsWith(`(${ofTheWorkspace} AND `) ?? false);
}

const commands = ["SELECT", "INSERT", "UPDATE", "DELETE"] as const;

async function tenantTablesWithout(sql: Catalogue): Promise<string[]> {
	const tables = await named(sql`select relname as name from (${sql.unsafe(tenantTables)}) t`);
	const policies = await policiesIn(sql);
	const isGuarded = (table: string, command: (typeof commands)[number]) =>
		policies.some(
			(policy) =>
				policy.table === table &&
				policy.command === command &&
				policy.roles.join() === "sheaf_api" &&
				policy.permissive === "PERMISSIVE" &&
				(command === "INSERT" || beginsWithWorkspace(policy.using)) &&
				(command === "SELECT" || command === "DELETE" || beginsWithWorkspace(policy.check)),
		);
	return tables.flatMap((table) =>
		commands.filter((command) => !isGuarded(table, command)).map((command) => `${table} ${command}`),
	);
}

/** What is left of a policy without the three functions, each in its sub-select. */
function withoutSettings({ using, check }: Policy): string {
	return ["current_workspace", "current_user_id", "current_app_role"].reduce(
		(text, name) => text.replaceAll(sub(name), "the setting"),
		`${using} ${check}`,
	);
}

/** A function by the whole of what it is. */
const readers: Readonly<Record<string, string>> = {
	current_workspace: "RETURN (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid",
	current_user_id: "RETURN (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid",
	current_app_role: "RETURN NULLIF(current_setting('app.role'::text, true), ''::text)",
};

/** A trigger's function cannot be called, by a policy neither. */
async function otherFunctions(sql: Catalogue): Promise<string[]> {
	const functions = await sql<{ name: string; body: string; attributes: boolean }[]>`
		select proname as name, coalesce(pg_get_function_sqlbody(oid), prosrc) as body,
			provolatile = 's' and proparallel = 's' and proconfig is null and pronargs = 0 as attributes
		from pg_proc where pronamespace = 'sheaf'::regnamespace and prorettype <> 'trigger'::regtype`;
	return functions
		.filter(({ name, body, attributes }) => !attributes || body !== readers[name])
		.map(({ name }) => name);
}

export const policyRules: readonly Rule[] = [
	{
		requirement: "TEN-1",
		promise:
			"every tenant table has a policy for each command, which begins with the workspace in USING and WITH CHECK",
		offenders: tenantTablesWithout,
		sabotages: [
			sabotage("drop policy records_update on sheaf.records", "records UPDATE"),
			sabotage("alter policy records_select on sheaf.records using (true)", "records SELECT"),
			sabotage("alter policy targets_insert on sheaf.targets with check (true)", "targets INSERT"),
			sabotage("alter policy records_update on sheaf.records with check (true)", "records UPDATE"),
			sabotage(
				`alter policy records_select on sheaf.records
					using (workspace_id = (select sheaf.current_workspace()) or kind = 'shared')`,
				"records SELECT",
			),
			sabotage(
				`alter policy records_delete on sheaf.records
					using ((workspace_id = (select sheaf.current_workspace()) and version > 0) or version > 9)`,
				"records DELETE",
			),
			sabotage("alter policy connections_select on sheaf.connections to public", "connections SELECT"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "of each table there is one policy for a command and a role: a second one would open what the first shuts",
		offenders: (sql) =>
			named(sql`
				select tablename || ' ' || command || ' ' || role as name
				from pg_policies cross join lateral unnest(roles) as role
				cross join lateral unnest(case when cmd = 'ALL' then '{SELECT,INSERT,UPDATE,DELETE}'::text[] else array[cmd] end)
					as command
				where schemaname = 'sheaf' group by tablename, command, role having count(*) > 1`),
		sabotages: [
			sabotage(
				"create policy shared on sheaf.records for select to sheaf_api using (kind = 'shared')",
				"records SELECT sheaf_api",
			),
			sabotage("create policy anything on sheaf.targets to sheaf_api using (true)", "targets DELETE sheaf_api"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "no policy is for everybody, and none of the API's role is without a condition or for all commands",
		offenders: async (sql) =>
			(await policiesIn(sql))
				.filter(({ roles, command, using, check }) => {
					if (roles.includes("public")) return true;
					const lacksOne = command === "UPDATE" ? using === null || check === null : using === null && check === null;
					return roles.includes("sheaf_api") && (lacksOne || command === "ALL" || using === "true" || check === "true");
				})
				.map(({ name }) => name),
		sabotages: [
			sabotage("alter policy workspaces_select on sheaf.workspaces using (true)", "workspaces_select"),
			sabotage("alter policy user_settings_update on sheaf.user_settings with check (true)", "user_settings_update"),
			sabotage("alter policy deliveries_sweep on sheaf.deliveries to public", "deliveries_sweep"),
			sabotage("create policy anything on sheaf.users to sheaf_api using (id is not null)", "anything"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "policies read the settings through the three functions only, each in a sub-select that runs once",
		offenders: async (sql) =>
			(await policiesIn(sql))
				.filter((policy) => /\w\(|select|\b(current_user|session_user|user)\b/i.test(withoutSettings(policy)))
				.map(({ name }) => name),
		sabotages: [
			sabotage(
				"alter policy records_select on sheaf.records using (workspace_id = sheaf.current_workspace())",
				"records_select",
			),
			sabotage(
				`alter policy records_select on sheaf.records
					using (workspace_id = (select current_setting('app.workspace_id')::uuid))`,
				"records_select",
			),
			sabotage("alter policy records_delete on sheaf.records using (current_user = 'sheaf_api')", "records_delete"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "those functions take a setting that was never made, or was cleared, for nobody; there are no others",
		offenders: otherFunctions,
		sabotages: [
			sabotage(
				`create or replace function sheaf.current_workspace() returns uuid language sql stable parallel safe
					return current_setting('app.workspace_id', true)::uuid`,
				"current_workspace",
			),
			sabotage(
				`create or replace function sheaf.current_user_id() returns uuid language sql stable parallel safe
					return nullif(current_setting('app.workspace_id', true), '')::uuid`,
				"current_user_id",
			),
			sabotage("alter function sheaf.current_app_role() set app.role = 'owner'", "current_app_role"),
			sabotage("create function sheaf.find(text) returns text language sql return $1", "find"),
		],
	},
	{
		requirement: "TEN-1",
		promise: "no function runs with the rights of whoever made it",
		offenders: (sql) =>
			named(sql`
				select proname as name from pg_proc
				where prosecdef and pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`),
		sabotages: [
			sabotage(
				`create function sheaf.peek() returns setof sheaf.records language sql security definer
					as 'select * from sheaf.records'`,
				"peek",
			),
			sabotage("create function public.peek() returns int language sql security definer as 'select 1'", "peek"),
			sabotage("alter function sheaf.current_workspace() security definer", "current_workspace"),
		],
	},
];
