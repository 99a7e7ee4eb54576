import type { SelectionCreate, SelectionView } from "../../../../backend/contract/selections.ts";
import type { SourcePlace } from "../../../../backend/contract/sources.ts";

const settings = ["filter", "search", "columns", "mode", "rowIds", "frequency"] as const;

const placeText = ({ containerId, tableId, profileId = "", keyColumn = "" }: SourcePlace): string =>
	JSON.stringify([containerId, tableId, profileId, keyColumn]);

/**
 * A saved selection that says the same already: sending the same rows once more runs it again, also when the answer to the first press
 * was lost on the way.
 */
export function sameSelection(
	saved: readonly SelectionView[],
	wanted: Required<Omit<SelectionCreate, "tableName" | "gone" | "schedule">>,
): SelectionView | null {
	const place = placeText(wanted.place);
	return (
		saved.find(
			(one) =>
				one.connectionId === wanted.connectionId &&
				one.targetId === wanted.targetId &&
				placeText(one.place) === place &&
				settings.every((name) => JSON.stringify(one[name]) === JSON.stringify(wanted[name])),
		) ?? null
	);
}
