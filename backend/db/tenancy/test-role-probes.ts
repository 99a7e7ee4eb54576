import { refused, type SqlProbe } from "./test-sql-scene.ts";

/** To be somebody who may do more, or to make something that does. */
export const roleProbes: readonly SqlProbe[] = [
	refused(
		{
			name: "another role",
			tries: "SET ROLE, SET SESSION AUTHORIZATION and set_config, to every role there is",
			promised: "42501",
		},
		() =>
			["sheaf_owner", "sheaf_identity", "sheaf_service", "sheaf_queue", "postgres"].flatMap((role) => [
				`set role ${role}`,
				`set session authorization ${role}`,
				`select set_config('role', '${role}', true)`,
			]),
	),
	refused(
		{
			name: "row-level security switched off",
			tries: "by a setting, on the table, and by a policy of one's own",
			promised: "42501",
		},
		() => [
			"set local row_security = off; select from sheaf.records",
			"alter table sheaf.records disable row level security",
			"alter table sheaf.records no force row level security",
			"create policy open on sheaf.records using (true)",
			"drop policy records_select on sheaf.records",
		],
	),
	refused(
		{
			name: "objects of one's own",
			tries: "a view, a table, a function, a trigger, a schema, a publication; also for the session",
			promised: "42501",
		},
		() => [
			"create view sheaf.mine as select * from sheaf.records",
			"create view public.mine as select * from sheaf.records",
			"create temporary view mine as select * from sheaf.records",
			"create table sheaf.mine as select * from sheaf.records",
			"create function public.mine() returns int language sql security definer as 'select 1'",
			"create trigger mine before insert on sheaf.records for each row execute function suppress_redundant_updates_trigger()",
			"create schema mine",
			"create publication mine for table sheaf.records",
		],
	),
];
