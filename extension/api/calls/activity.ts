import type { ActivityPage, ActivityQuery, Analytics } from "../../../backend/contract/activity.ts";
import type { Requester } from "../request.ts";
import { withList } from "../shapes.ts";

export function activityCalls(request: Requester) {
	return {
		/** What was changed in this workspace, the newest first. */
		activity(query: Pick<ActivityQuery, "about" | "cursor"> = {}): Promise<ActivityPage> {
			const path = `/api/v1/activity?${new URLSearchParams(query)}`;
			return request({ path, answers: withList<ActivityPage>("entries") });
		},
		/** Deliveries day by day, as days are where this browser is. */
		analytics({ days, targetId }: { days: number; targetId: string | null }): Promise<Analytics> {
			const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
			const query = new URLSearchParams({ days: String(days), timeZone, ...(targetId === null ? {} : { targetId }) });
			return request({ path: `/api/v1/analytics?${query}`, answers: withList<Analytics>("days") });
		},
	};
}
