import type { Constraint, TableDefinition } from "./table-definition.ts";

/** Where the new table grows, with the names it is to have, and where the old one waits to be dropped. */
export const movingSchema = "sheaf_move";
export const formerSchema = "sheaf_former";

/**
 * An empty twin of the table, hash-partitioned by workspace, closed like the table from its first moment on. Each partition
 * forces row-level security without a policy or a grant: reached directly, it shows nobody anything.
 *
 * @param partitions 1 makes a table without partitions: the way back
 */
export function prepareStatements(table: TableDefinition, partitions: number): string[] {
	const { name } = table;
	const twin = `${movingSchema}.${name}`;
	const by = partitions > 1 ? " partition by hash (workspace_id)" : "";
	return [
		`create table ${twin} (like sheaf.${name} including all excluding indexes)${by}`,
		`alter table ${twin} add constraint ${table.primaryKey.name} ${table.primaryKey.definition}`,
		...table.statements.filter((statement) => !isIndex(statement)).map((statement) => overTwin(statement, name)),
		...partitionNames(name, partitions).flatMap((partition, remainder) => [
			`create table sheaf.${partition} partition of ${twin} for values with (modulus ${partitions}, remainder ${remainder})`,
			`alter table sheaf.${partition} enable row level security, force row level security`,
		]),
	];
}

/**
 * Forced row-level security binds the owner too, and what it copies and what VALIDATE compares would be nothing at all. For
 * the time of the move, and for nobody else, policies let it see both tables and their neighbours. Each by itself: two tables
 * locked at once would be waited for crosswise.
 */
export function openStatements({ name, neighbours }: TableDefinition, partitions: number): string[] {
	const moved = [`sheaf.${name}`, `${movingSchema}.${name}`];
	const seen = [...partitionNames(name, partitions), ...neighbours].map((table) => `sheaf.${table}`);
	return [
		...moved.map((each) => `create policy ${name}_move on ${each} to sheaf_owner using (true) with check (true)`),
		...seen.map((each) => `create policy ${name}_move on ${each} for select to sheaf_owner using (true)`),
	];
}

/** The count is part of the name, so that a later move to more partitions finds its names free. */
function partitionNames(name: string, partitions: number): string[] {
	if (partitions === 1) return [];
	return Array.from({ length: partitions }, (_, index) => `${name}_of${partitions}_${String(index).padStart(2, "0")}`);
}

/** Notes the key of every row that changes from now on, whoever changes it and however: a cascade too. */
export function watchStatements({ name, key }: TableDefinition): string[] {
	const changed = `${movingSchema}.${name}_changed`;
	const keyOf = (row: string) => key.map((column) => `${row}.${column}`).join(", ");
	return [
		`create table ${changed} as select ${key.join(", ")} from sheaf.${name} with no data`,
		`grant usage on schema ${movingSchema} to sheaf_api, sheaf_identity`,
		`grant insert on ${changed} to sheaf_api, sheaf_identity`,
		`create function ${movingSchema}.note_${name}() returns trigger language plpgsql as $$ begin
			if tg_op = 'DELETE' then insert into ${changed} values (${keyOf("old")});
			else insert into ${changed} values (${keyOf("new")}); end if;
			return null;
		end $$`,
		`create trigger ${name}_note after insert or update or delete on sheaf.${name}
			for each row execute function ${movingSchema}.note_${name}()`,
	];
}

/** One batch; `$1` is its size and what follows the key after which it begins. Answers with the last key, or nothing. */
export function copyStatement({ name, key, columns }: TableDefinition, isFirst: boolean): string {
	const after = `where (${key.join(", ")}) > (${key.map((_, index) => `$${index + 2}::uuid`).join(", ")})`;
	return `
		with batch as (
			select * from sheaf.${name} ${isFirst ? "" : after} order by ${key.join(", ")} limit $1::integer
		), copied as (
			insert into ${movingSchema}.${name} (${columns.join(", ")}) select ${columns.join(", ")} from batch
			on conflict do nothing
		)
		select ${key.map((column) => `${column}::text`).join(", ")} from batch order by ${key.join(" desc, ")} desc limit 1`;
}

/** After the copy, because sorting once is cheaper. No reader waits: nobody reads the twin. */
export function indexStatements(table: TableDefinition): string[] {
	return table.statements.filter(isIndex).map((statement) => overTwin(statement, table.name));
}

/**
 * Not valid at first: validating takes no lock that a writer waits for. In between, the twin has to catch up once more: what
 * went before the keys were there has left rows that point to nothing; what goes from then on takes them along.
 */
export function foreignKeyStatements({ name, foreignKeys }: TableDefinition): { add: string[]; validate: string[] } {
	const pairs = foreignKeys.map((foreignKey) => {
		const over = `${movingSchema}.${name}`;
		const definition = foreignKey.definition.replace(`REFERENCES sheaf.${name}(`, `REFERENCES ${over}(`);
		return addConstraint(over, { ...foreignKey, definition });
	});
	return { add: pairs.map(([add]) => add), validate: pairs.map(([, validate]) => validate) };
}

/**
 * Takes over what was noted, in one snapshot: what a row points to is then there too. An upsert and then a delete, never a
 * delete of a row that stays: that would fire `on delete` at rows which point to it.
 *
 * @param limit so many keys at a time while others write: the shorter it takes, the less goes in the middle of it
 */
export function catchUpStatements({ name, key, columns }: TableDefinition, limit?: number): string[] {
	const keys = key.join(", ");
	const noted = `${movingSchema}.${name}_changed`;
	const batch = limit === undefined ? "" : ` order by ${keys} limit ${limit}`;
	const changed = `(select distinct ${keys} from ${noted}${batch})`;
	const rest = columns.filter((column) => !key.includes(column));
	const equal = (left: string, right: string) =>
		key.map((column) => `${left}.${column} = ${right}.${column}`).join(" and ");
	return [
		`insert into ${movingSchema}.${name} (${columns.join(", ")})
			select ${columns.join(", ")} from sheaf.${name} join ${changed} as changed using (${keys})
			on conflict (${keys}) do update set ${rest.map((column) => `${column} = excluded.${column}`).join(", ")}`,
		`delete from ${movingSchema}.${name} as twin using ${changed} as changed
			where ${equal("twin", "changed")}
				and not exists (select from sheaf.${name} as original where ${equal("original", "twin")})`,
		`delete from ${noted} as noted using ${changed} as changed where ${equal("noted", "changed")}`,
	];
}

/**
 * In one transaction with the last catching up, under a lock that writers wait for. Every name stays what it was. The former
 * table lets go of what it points to here, where both ends are locked: dropped later, it would wait for people who wait for it.
 */
export function swapStatements(table: TableDefinition): string[] {
	const { name, foreignKeys, referencedBy } = table;
	const pointedTo = foreignKeys.map(({ definition }) => definition.replace(/^.*REFERENCES sheaf\.(\w+)\(.*$/, "$1"));
	const locked = inOrderOfWrites([...pointedTo, name, ...referencedBy.map((each) => each.table)]);
	return [
		`lock table ${locked.map((each) => `sheaf.${each}`).join(", ")} in access exclusive mode`,
		...catchUpStatements(table),
		`drop trigger ${name}_note on sheaf.${name}`,
		...referencedBy.map((each) => `alter table sheaf.${each.table} drop constraint ${each.name}`),
		...foreignKeys.map((each) => `alter table sheaf.${name} drop constraint ${each.name}`),
		`alter table sheaf.${name} set schema ${formerSchema}`,
		`alter table ${movingSchema}.${name} set schema sheaf`,
		...referencedBy.map((each) => addConstraint(`sheaf.${each.table}`, each)[0] ?? ""),
	];
}

/** As a write reaches them (backend/records): locked in another order, writers and the owner would wait for one another. */
function inOrderOfWrites(tables: readonly string[]): string[] {
	const order = ["records", "targets", "deliveries"];
	const first = order.filter((table) => tables.includes(table));
	const last = tables.filter((table): boolean => table === "workspaces");
	return [...new Set([...first, ...tables.filter((table) => !last.includes(table)), ...last])];
}

/** The last step: from here on nobody but the tenants sees their rows, and the former table is gone. */
export function finishStatements(table: TableDefinition, partitions: number): string[] {
	const { name, neighbours, referencedBy } = table;
	const opened = [name, ...partitionNames(name, partitions), ...neighbours];
	return [
		...referencedBy.map((each) => addConstraint(`sheaf.${each.table}`, each)[1] ?? ""),
		...opened.map((each) => `drop policy ${name}_move on sheaf.${each}`),
		`analyze sheaf.${name}`,
		`drop schema ${movingSchema} cascade`,
		`drop schema ${formerSchema} cascade`,
	];
}

function addConstraint(over: string, { name, definition }: Constraint): [string, string] {
	return [
		`alter table ${over} add constraint ${name} ${definition} not valid`,
		`alter table ${over} validate constraint ${name}`,
	];
}

const isIndex = (statement: string) => /^create (unique )?index/i.test(statement);

function overTwin(statement: string, name: string): string {
	return statement.replace(new RegExp(`(\\bon|\\balter table) sheaf\\.${name}\\b`, "i"), `$1 ${movingSchema}.${name}`);
}
