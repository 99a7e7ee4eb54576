import type { Table } from "../../../backend/contract/connections.ts";
import type { SourcePlace } from "../../../backend/contract/sources.ts";
import type { TargetView } from "../../../backend/contract/targets.ts";

/** A table that rows are picked from, and what it is called. */
export type ChosenPlace = { place: SourcePlace; name: string };

/** Where a table is. `profileId`: whose it is, where a login reaches several accounts. */
export function placeOf({ id, name, container }: Table, profileId: string | null): ChosenPlace {
	const place = { containerId: container.id, tableId: id, ...(profileId !== null && { profileId }) };
	return { place, name };
}

/** Those that rows picked there can go to: every one but those into that very table, which would be sent its own rows. */
export function targetsBeside(
	targets: readonly TargetView[],
	from: { connectionId: string; place: SourcePlace },
): TargetView[] {
	const { containerId, tableId } = from.place;
	const isFrom = (target: TargetView) =>
		target.connectionId === from.connectionId && target.containerId === containerId && target.tableId === tableId;
	return targets.filter((target) => !isFrom(target));
}

/** Ids of tables are one of a kind in their container only. */
export const tableKey = ({ id, container }: Pick<Table, "id" | "container">): string =>
	JSON.stringify([container.id, id]);

/** Those with a text in their name or their container's, whatever its case. */
export function tablesCalled(tables: readonly Table[], text: string): Table[] {
	const wanted = text.trim().toLocaleLowerCase();
	return tables.filter(({ name, container }) => `${name}\n${container.name}`.toLocaleLowerCase().includes(wanted));
}
