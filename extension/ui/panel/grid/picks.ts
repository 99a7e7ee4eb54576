import type { RowStanding } from "../../../../backend/contract/compare.ts";

/** Which rows a person ticked (true) or unticked (false) by hand; the others go by how they stand. */
export type Picks = ReadonlyMap<string, boolean>;

/** What is there already, or can be told from nothing, is sent only when somebody asks for it. */
const sentByItself: Record<RowStanding, boolean> = { new: true, update: true, unchanged: false, no_key: false };

export function isPicked(picks: Picks, id: string, standing: RowStanding | undefined): boolean {
	return picks.get(id) ?? sentByItself[standing ?? "new"];
}

export function pick(picks: Picks, ids: readonly string[], on: boolean): Picks {
	const next = new Map(picks);
	for (const id of ids) next.set(id, on);
	return next;
}
