import type { Sql } from "postgres";

/**
 * Drops the indexes of these tables that are no constraint's, because sorting once is cheaper than a million insertions.
 *
 * @returns what makes them again, as they were
 */
export async function rebuildIndexesAround(
	admin: Sql,
	tables: readonly string[],
): Promise<(made: (index: string) => void) => Promise<void>> {
	const indexes = await admin<{ name: string; definition: string }[]>`
		select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
		from pg_index
		where indrelid = any(select ('sheaf.' || t)::regclass from unnest(${[...tables]}::text[]) as t)
			and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
		order by 1`;
	for (const { name } of indexes) await admin.unsafe(`drop index ${name}`);
	return async (made) => {
		for (const { name, definition } of indexes) {
			// On a partitioned table, ONLY would make an index without any of its partitions' indexes.
			await admin.unsafe(definition.replace(" ON ONLY ", " ON "));
			made(name);
		}
	};
}
