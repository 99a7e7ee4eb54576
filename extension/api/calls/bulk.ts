import type {
	BulkDetail,
	BulkList,
	BulkPreview,
	BulkPreviewRequest,
	BulkStart,
	BulkView,
} from "../../../backend/contract/bulk.ts";
import type { Requester } from "../request.ts";
import { withKey, withList, withText } from "../shapes.ts";

export function bulkCalls(request: Requester) {
	const isOperation = withText<BulkView>("status");
	return {
		/** The newest first. */
		async bulkOperations(): Promise<BulkView[]> {
			return (await request({ path: "/api/v1/bulk", answers: withList<BulkList>("operations") })).operations;
		},
		/** With what it could not do. */
		bulkOperation(id: string): Promise<BulkDetail> {
			return request({ path: `/api/v1/bulk/${id}`, answers: withList<BulkDetail>("failures") });
		},
		/** How many records it would be right now. */
		previewBulk(body: BulkPreviewRequest): Promise<BulkPreview> {
			return request({ method: "POST", path: "/api/v1/bulk/preview", body, answers: withKey<BulkPreview>("total") });
		},
		startBulk(body: BulkStart): Promise<BulkView> {
			return request({ method: "POST", path: "/api/v1/bulk", body, answers: isOperation });
		},
		stopBulk(id: string): Promise<BulkView> {
			return request({ method: "POST", path: `/api/v1/bulk/${id}/stop`, answers: isOperation });
		},
	};
}
