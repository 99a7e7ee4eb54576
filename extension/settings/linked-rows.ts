import { linkedRows } from "./items.ts";

/** More rows than anybody links to by hand; the ones that were chosen for longest ago are forgotten first. */
const maxRows = 300;

/** What a chosen row is called, so that a record that names it by its id can be read. */
export async function rememberRow({ id, label }: { id: string; label: string }): Promise<void> {
	const { [id]: _before, ...others } = await linkedRows.getValue();
	await linkedRows.setValue(Object.fromEntries([...Object.entries(others), [id, label]].slice(-maxRows)));
}

/** What a row is called, or its id. Ids are whatever the destination or the person wrote: `constructor` may be one. */
export function labelOfRow(labels: Readonly<Record<string, string>> | null, id: string): string {
	return labels !== null && Object.hasOwn(labels, id) ? (labels[id] ?? id) : id;
}
