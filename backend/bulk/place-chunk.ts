import type { RecordProblem } from "../contract/errors.ts";
import type { Fields } from "../contract/fields.ts";
import type { Transaction } from "../db/connect.ts";
import { matchKeyOf } from "../targets/match-key.ts";
import type { Chunk, Failure } from "./kinds.ts";
import { deliverTo, leaveDeliveries, type PlaceTarget } from "./move-deliveries.ts";
import { resendChunk } from "./send-chunk.ts";
import { type Placed, standAnew } from "./stand-anew.ts";

const targetGone: RecordProblem = {
	code: "targets/not-found",
	message: "Its target was deleted meanwhile. Choose another one.",
	action: "edit",
};

type PlacedRow = {
	id: string;
	fields: Fields;
	capturedAt: Date;
	targetId: string | null;
	matchKey: string | null;
};

/** Match keys and rows by the targets' present mapping, then everything goes out again. */
export async function remapChunk(sql: Transaction, chunk: Chunk): Promise<Failure[]> {
	const rows = await readRows(sql, chunk.recordIds);
	const targets = await readTargets(
		sql,
		rows.flatMap(({ targetId }) => targetId ?? []),
	);
	const changed = rows.flatMap((row): Placed[] => {
		const target = targets.get(row.targetId ?? "");
		const key = target === undefined ? row.matchKey : matchKeyOf(row.fields, target);
		return key === row.matchKey ? [] : [{ ...row, to: { targetId: row.targetId, matchKey: key } }];
	});
	await standAnew(sql, changed);
	return await resendChunk(sql, chunk);
}

/** Gives the records another target. The old delivery goes, or stays to remove its row. */
export async function moveChunk(sql: Transaction, chunk: Chunk): Promise<Failure[]> {
	const target = (await readTargets(sql, chunk.toTargetId === null ? [] : [chunk.toTargetId])).get(
		chunk.toTargetId ?? "",
	);
	if (target === undefined) return chunk.recordIds.map((recordId) => ({ recordId, problem: targetGone }));
	const rows = await readRows(sql, chunk.recordIds);
	const placed = rows.map(
		(row): Placed => ({ ...row, to: { targetId: target.id, matchKey: matchKeyOf(row.fields, target) } }),
	);
	await leaveDeliveries(sql, chunk);
	await standAnew(sql, placed);
	await deliverTo(sql, { target, recordIds: chunk.recordIds });
	return [];
}

async function readRows(sql: Transaction, recordIds: string[]): Promise<PlacedRow[]> {
	return await sql<PlacedRow[]>`
		select r.id, r.fields, r.captured_at, r.target_id, r.match_key
		from sheaf.records r
		where r.workspace_id = (select sheaf.current_workspace()) and r.id = any(${recordIds}::uuid[])`;
}

async function readTargets(sql: Transaction, ids: string[]): Promise<Map<string, PlaceTarget>> {
	const rows = await sql<PlaceTarget[]>`
		select id, connection_id, container_id, frequency, status, mapping, constants, match_key, columns, review from sheaf.targets
		where workspace_id = (select sheaf.current_workspace()) and id = any(${[...new Set(ids)]}::uuid[])`;
	return new Map(rows.map((target) => [target.id, target]));
}
