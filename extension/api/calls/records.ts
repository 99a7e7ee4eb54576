import type { RecordConflict, RecordDecision } from "../../../backend/contract/conflicts.ts";
import type { RecordApproval, RecordPage, RecordView } from "../../../backend/contract/records.ts";
import type { Operation, OperationResult, WritesBatchResponse } from "../../../backend/contract/writes.ts";
import type { Requester } from "../request.ts";
import { isAnything, withList, withText } from "../shapes.ts";
import { traceparentOf } from "../traceparent.ts";

/** `GET /api/v1/records?ids=` takes this many. */
const maxRecordIds = 100;

export function recordCalls(request: Requester) {
	return {
		/** One result per operation, in the order sent; `flush.ts` checks each against what it sent. */
		async writeBatch(operations: readonly Operation[], signal?: AbortSignal): Promise<OperationResult[]> {
			const answers = withList<WritesBatchResponse>("results");
			const traceparent = traceparentOf(operations);
			const call = { method: "POST", path: "/api/v1/writes/batch", body: { operations }, traceparent } as const;
			return (await request({ ...call, answers, signal })).results;
		},
		/** At most `maxRecordIds` ids; what the backend does not know is missing from the answer. */
		async recordsById(ids: readonly string[], signal?: AbortSignal): Promise<RecordView[]> {
			const path = `/api/v1/records?ids=${ids.join(",")}&limit=${maxRecordIds}`;
			return (await request({ path, answers: withList<RecordPage>("records"), signal })).records;
		},
		/** One page, newest change first. */
		records(query: { targetId?: string; status?: string; cursor?: string }): Promise<RecordPage> {
			return request({
				path: `/api/v1/records?${new URLSearchParams(query)}`,
				answers: withList<RecordPage>("records"),
			});
		},
		/** What waits for review, of everybody in the workspace; as much of it as can be looked at in one go. */
		async recordsInReview(): Promise<RecordView[]> {
			const path = "/api/v1/records?review=waiting&limit=50";
			return (await request({ path, answers: withList<RecordPage>("records") })).records;
		},
		/** Lets records go out that wait for review: those, or all of a target. */
		async approveRecords(body: RecordApproval): Promise<void> {
			await request({ method: "POST", path: "/api/v1/records/approve", body, answers: isAnything });
		},
		/** What a record that asks is about: both versions, or the rows that match. */
		recordConflict(id: string): Promise<RecordConflict> {
			return request({ path: `/api/v1/records/${id}/conflict`, answers: withText<RecordConflict>("kind") });
		},
		/** The person's choice; the record goes out anew. */
		async decideRecord(id: string, body: RecordDecision): Promise<void> {
			await request({ method: "POST", path: `/api/v1/records/${id}/decision`, body, answers: isAnything });
		},
		/** Tries a record that needs the person again. */
		async retryRecord(id: string): Promise<void> {
			await request({ method: "POST", path: `/api/v1/records/${id}/retry`, answers: isAnything });
		},
	};
}
