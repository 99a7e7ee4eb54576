import type { Table } from "../../../../../backend/contract/connections.ts";
import type { Fields } from "../../../../../backend/contract/fields.ts";
import type { MappingEntry, TargetPreviewRequest } from "../../../../../backend/contract/targets.ts";
import type { LocalRecord } from "../../../../outbox/types.ts";
import { type MappingDraft, toConstants, toMapping } from "./mapping-draft.ts";

/** The table a mapping is for. */
export type MappingPlace = { connectionId: string; table: Table; targetId: string | null };

/** Where its table is, as the API takes it. */
export function addressOf({ connectionId, table }: MappingPlace) {
	return { connectionId, tableId: table.id, containerId: table.container.id };
}

/** The question what this mapping makes of this record; null without a line, about which there is nothing to ask. */
export function previewRequest(
	draft: MappingDraft,
	place: MappingPlace,
	record: Pick<LocalRecord, "fields"> | null,
): TargetPreviewRequest | null {
	if (draft.lines.length === 0) return null;
	const mapping = toMapping(draft);
	return {
		...addressOf(place),
		...(place.targetId === null ? {} : { targetId: place.targetId }),
		mapping,
		constants: toConstants(draft),
		matchKey: draft.matchKey,
		...(record === null ? {} : { fields: mappedFields(mapping, record.fields) }),
	};
}

/** An article's whole text need not travel at every key that is pressed, when no line asks for it. */
function mappedFields(mapping: readonly MappingEntry[], fields: Fields): Fields {
	const wanted = new Set(mapping.map(({ from }) => from));
	return Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.has(name)));
}
