/** A name as SQL takes it, whatever is in it. */
export function quoted(name: string): string {
	return `"${name.replaceAll("\u0000", "").replaceAll('"', '""')}"`;
}

/** A text as an SQL expression, whatever is in it: nothing of it is written but hexadecimal digits, so that nothing in it ends anything. */
export function literal(text: string): string {
	return `convert_from(decode('${Buffer.from(text, "utf8").toString("hex")}', 'hex'), 'UTF8')`;
}

export function tableName({ containerId, tableId }: { containerId: string; tableId: string }): string {
	return `${quoted(containerId)}.${quoted(tableId)}`;
}

/** A column that tells rows apart, with its type as SQL writes it. */
export type KeyColumn = { name: string; type: string };

/** A row's id as text: its key, or for several columns a list of them. `row` is the table's alias. */
export function idOf(row: string, keys: readonly KeyColumn[]): string {
	const [only, ...more] = keys.map(({ name }) => `${row}.${quoted(name)}::text`);
	return more.length === 0 ? (only ?? "null") : `jsonb_build_array(${[only, ...more].join(", ")})::text`;
}

/** That a row comes after the one with the id in the SQL expression `id`, in the order of its key. */
export function comesAfter(row: string, keys: readonly KeyColumn[], id: string): string {
	const names = keys.map(({ name }) => `${row}.${quoted(name)}`).join(", ");
	return `(${names}) > (${keys.map((_, index) => partOf(keys, id, index)).join(", ")})`;
}

/** That a row has the id in the SQL expression `id`; compares in the columns' own types, so that their index is used. */
export function hasId(row: string, keys: readonly KeyColumn[], id: string): string {
	return keys.map(({ name }, index) => `${row}.${quoted(name)} = ${partOf(keys, id, index)}`).join(" and ");
}

/** The value of one column of the key in an id, in the column's own type. */
function partOf(keys: readonly KeyColumn[], id: string, index: number): string {
	const type = keys[index]?.type ?? "text";
	return keys.length === 1 ? `(${id})::${type}` : `((${id})::jsonb ->> ${index})::${type}`;
}
