import type { RecordConflict } from "../contract/conflicts.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { isEmptyCell } from "./cell-fingerprint.ts";
import { recordNotFound } from "./list-records.ts";
import type { StoredConflict, StoredDecision } from "./stored-conflict.ts";

/** A delivery that asks the person, with what names its columns. */
export type AskingDelivery = {
	targetId: string;
	lane: string;
	conflict: StoredConflict;
	decision: StoredDecision | null;
	remoteUrl: string | null;
	columns: { id: string; name: string }[];
};

/** Null when it asks nothing. @throws SheafError `records/not-found`, also for another workspace's record */
export async function askingDelivery(
	sql: Transaction,
	{ id, targetId = null }: { id: string; targetId?: string | null },
): Promise<AskingDelivery | null> {
	const [record] = await sql<{ asking: AskingDelivery | null }[]>`
		select (
			select jsonb_build_object('targetId', d.target_id, 'lane', d.lane, 'conflict', d.conflict, 'decision', d.decision,
				'remoteUrl', d.remote_url, 'columns', t.columns)
			from sheaf.deliveries d
			join sheaf.targets t on t.workspace_id = d.workspace_id and t.id = d.target_id
			where d.workspace_id = r.workspace_id and d.record_id = r.id
				and (${targetId}::uuid is null or d.target_id = ${targetId}::uuid)
				and d.state = 'needs_you' and d.conflict is not null
			limit 1
		) as asking
		from sheaf.records r where r.workspace_id = sheaf.current_workspace() and r.id = ${id}`;
	if (record === undefined) throw recordNotFound();
	return record.asking;
}

/** @throws SheafError `records/not-found` */
export async function readConflict(
	{ database }: { database: { asTenant: AsTenant } },
	principal: Principal,
	id: string,
): Promise<RecordConflict> {
	const asking = await database.asTenant(principal, async (sql) => await askingDelivery(sql, { id }));
	if (asking === null) return { kind: "none" };
	const { targetId, conflict, columns, remoteUrl } = asking;
	const nameOf = (columnId: string) => columns.find((column) => column.id === columnId)?.name ?? columnId;
	if (conflict.kind === "differs") {
		const differing = conflict.columns.map(({ columnId, theirs, ours, result }) => ({
			columnId,
			name: nameOf(columnId),
			theirs: shownCell(theirs),
			ours: shownCell(ours),
			result,
		}));
		return { kind: "differs", targetId, remoteUrl, columns: differing };
	}
	const candidates = conflict.candidates.map(({ remoteId, url, cells }) => ({
		remoteId,
		url,
		cells: Object.entries(cells).map(([columnId, cell]) => ({
			columnId,
			name: nameOf(columnId),
			value: shownCell(cell),
		})),
	}));
	return { kind: "ambiguous", targetId, candidates };
}

/** What of a provider's own shape is structure and says nothing to a person. */
const unsaid: ReadonlySet<string> = new Set(["type", "id", "color", "annotations", "href", "plain_text", "link"]);

/** A cell in words: its texts and numbers, whatever the provider wraps them in. */
export function shownCell(cell: unknown): string | null {
	if (isEmptyCell(cell)) return null;
	if (Array.isArray(cell)) return cell.flatMap((entry) => shownCell(entry) ?? []).join(", ");
	if (typeof cell !== "object" || cell === null) return String(cell);
	const said = Object.entries(cell).flatMap(([key, value]) => (unsaid.has(key) ? [] : (shownCell(value) ?? [])));
	return said.length === 0 ? null : said.join(" ");
}
