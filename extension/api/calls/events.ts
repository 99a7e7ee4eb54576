import type {
	EventHookCreate,
	EventHookCreated,
	EventHookList,
	EventHookPatch,
	EventHookTried,
	EventHookView,
	TriggerCreated,
	TriggerView,
} from "../../../backend/contract/events.ts";
import type { Requester } from "../request.ts";
import { isAnything, withKey, withList, withText } from "../shapes.ts";

/** Longer than the server waits for the address it asks. */
const askingTimeoutMs = 30_000;

/** Messages out, to addresses that hear of events, and in, to a target's own address. */
export function eventCalls(request: Requester) {
	return {
		async eventHooks(): Promise<EventHookView[]> {
			return (await request({ path: "/api/v1/event-hooks", answers: withList<EventHookList>("hooks") })).hooks;
		},
		/** The only answer that has the secret. */
		createEventHook(body: EventHookCreate): Promise<EventHookCreated> {
			const answers = withText<EventHookCreated>("secret");
			return request({ method: "POST", path: "/api/v1/event-hooks", body, answers, timeoutMs: askingTimeoutMs });
		},
		changeEventHook(id: string, body: EventHookPatch): Promise<EventHookView> {
			const answers = withList<EventHookView>("events");
			return request({ method: "PATCH", path: `/api/v1/event-hooks/${id}`, body, answers });
		},
		async deleteEventHook(id: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/event-hooks/${id}`, answers: isAnything });
		},
		/** Sends a made-up event now. */
		tryEventHook(id: string): Promise<EventHookTried> {
			const path = `/api/v1/event-hooks/${id}/test`;
			const answers = withKey<EventHookTried>("delivered");
			return request({ method: "POST", path, answers, timeoutMs: askingTimeoutMs });
		},
		async trigger(targetId: string): Promise<TriggerView["trigger"]> {
			const answers = withKey<TriggerView>("trigger");
			return (await request({ path: `/api/v1/targets/${targetId}/trigger`, answers })).trigger;
		},
		/** Makes the address, or makes it anew: the old one is nowhere then. The only answer that has the secret. */
		renewTrigger(targetId: string): Promise<TriggerCreated> {
			const answers = withText<TriggerCreated>("secret");
			return request({ method: "POST", path: `/api/v1/targets/${targetId}/trigger`, answers });
		},
		async removeTrigger(targetId: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/targets/${targetId}/trigger`, answers: isAnything });
		},
	};
}
