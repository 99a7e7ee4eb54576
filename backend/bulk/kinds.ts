import type { PendingQuery, Row } from "postgres";
import type { BulkKind } from "../contract/bulk.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";
import { deleteChunk } from "./delete-chunk.ts";
import { moveChunk, remapChunk } from "./place-chunk.ts";
import { resendChunk, retryChunk } from "./send-chunk.ts";

/** What is to be done, apart from with which records. */
export type BulkAim = { kind: BulkKind; toTargetId: string | null; remoteRows: boolean };

/** Records whose turn it is: all are there, and none is on its way. */
export type Chunk = BulkAim & { ownerId: string; recordIds: string[] };

/** A record with which nothing could be done, and why. */
export type Failure = { recordId: string; problem: RecordProblem };

export type BulkRules = {
	/** Which records it is about at all: a condition on a record `r` and its delivery `d`, which may be absent. */
	about(sql: Transaction, aim: BulkAim): PendingQuery<Row[]>;
	/** Whether the older captures of a selected record's row belong to it. */
	withOlder: boolean;
	/** Does it to a chunk, inside of its transaction and under the write lock. */
	carryOut(sql: Transaction, chunk: Chunk): Promise<Failure[]>;
};

const notInReview = (sql: Transaction) => sql`d.intent = 'put' and d.review is distinct from 'waiting'`;

/** The table of the room's README. Complete by type: a kind without a line does not compile. */
export const bulkKinds: Readonly<Record<BulkKind, BulkRules>> = {
	retry: {
		about: (sql) => sql`(d.state = 'needs_you' and coalesce(d.problem->>'action', '') <> 'choose'
			or d.state = 'pending' and d.attempts > 0)`,
		withOlder: false,
		carryOut: retryChunk,
	},
	resync: { about: notInReview, withOlder: true, carryOut: resendChunk },
	remap: { about: notInReview, withOlder: true, carryOut: remapChunk },
	move: {
		about: (sql, { toTargetId }) =>
			sql`r.target_id is distinct from ${toTargetId}::uuid and coalesce(d.intent, 'put') = 'put'`,
		withOlder: true,
		carryOut: moveChunk,
	},
	delete: { about: (sql) => sql`true`, withOlder: true, carryOut: deleteChunk },
};
