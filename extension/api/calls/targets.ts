import type {
	TargetCreate,
	TargetList,
	TargetPatch,
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
	};
}
