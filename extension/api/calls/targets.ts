import type { TargetComparison } from "../../../backend/contract/compare.ts";
import type { TableField } from "../../../backend/contract/connections.ts";
import type { Fields } from "../../../backend/contract/fields.ts";
import type {
	ColumnsCreate,
	ColumnsCreated,
	TargetCreate,
	TargetList,
	TargetPatch,
	TargetPreview,
	TargetPreviewRequest,
	TargetSuggest,
	TargetSuggestion,
	TargetView,
} from "../../../backend/contract/targets.ts";
import type { Requester } from "../request.ts";
import { isAnything, withList } from "../shapes.ts";

export function targetCalls(request: Requester) {
	const isTarget = withList<TargetView>("mapping");
	return {
		async targets(): Promise<TargetView[]> {
			return (await request({ path: "/api/v1/targets", answers: withList<TargetList>("targets") })).targets;
		},
		createTarget(body: TargetCreate): Promise<TargetView> {
			return request({ method: "POST", path: "/api/v1/targets", body, answers: isTarget });
		},
		changeTarget(id: string, body: TargetPatch): Promise<TargetView> {
			return request({ method: "PATCH", path: `/api/v1/targets/${id}`, body, answers: isTarget });
		},
		async deleteTarget(id: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/targets/${id}`, answers: isAnything });
		},
		async runTarget(id: string): Promise<void> {
			await request({ method: "POST", path: `/api/v1/targets/${id}/runs`, answers: isAnything });
		},
		suggestMapping(body: TargetSuggest): Promise<TargetSuggestion> {
			const answers = withList<TargetSuggestion>("mapping");
			return request({ method: "POST", path: "/api/v1/targets/suggest", body, answers });
		},
		/** What a mapping makes of a record, and what is wrong with it. Asks the provider for the table, so it can take seconds. */
		previewMapping(body: TargetPreviewRequest, signal?: AbortSignal): Promise<TargetPreview> {
			const answers = withList<TargetPreview>("columns");
			return request({ method: "POST", path: "/api/v1/targets/preview", body, answers, signal });
		},
		/** Which of these rows (at most 500) are new there, changed or there already. In their order. */
		async compareRows(id: string, rows: readonly Fields[], signal?: AbortSignal): Promise<TargetComparison["rows"]> {
			const answers = withList<TargetComparison>("rows");
			const path = `/api/v1/targets/${id}/compare`;
			return (await request({ method: "POST", path, body: { rows }, answers, signal })).rows;
		},
		/** Makes columns at the provider, as the person asked. @returns them in the order asked for */
		async makeColumns(body: ColumnsCreate): Promise<TableField[]> {
			const answers = withList<ColumnsCreated>("fields");
			return (await request({ method: "POST", path: "/api/v1/targets/columns", body, answers })).fields;
		},
	};
}
