import { createHash } from "node:crypto";
import type { SourcePlace } from "../contract/sources.ts";

/** The place as one text, the same for everybody who picks from this table. Pure. */
export function sourceText(connectionId: string, { containerId, tableId, profileId, keyColumn }: SourcePlace): string {
	return [connectionId, containerId, tableId, profileId ?? "", keyColumn ?? ""].map(encodeURIComponent).join("/");
}

/**
 * The record of a row in a target (CON-5): always the same, so that picking it again, by whatever selection and after whatever kill, finds
 * the record and makes no second one. A UUID of version 8. Pure.
 */
export function recordIdOf(row: { workspaceId: string; targetId: string; source: string; externalId: string }): string {
	const parts = JSON.stringify([row.workspaceId, row.targetId, row.source, row.externalId]);
	const hex = createHash("sha256").update(parts).digest("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
