import type { EventHookTried, EventType } from "../contract/events.ts";
import type { Principal } from "../db/principal.ts";
import type { HookDeps } from "./event-deps.ts";
import type { EventRow } from "./event-messages.ts";
import { openAddress } from "./hook-address.ts";
import { hookNotFound } from "./read-hooks.ts";
import { sampleEvent } from "./sample-events.ts";
import { meaningOf, postEvent } from "./send-event.ts";

const patienceMs = 25_000;

/**
 * Sends a made-up event now, to a paused hook too, and says what came of it. It is not kept, and not sent again. The row is read as if
 * to change it: who may not change a hook may not send by it either, whatever the layers above say (TEN-3).
 *
 * @throws SheafError `events/hook-not-found`
 */
export async function tryHook(deps: HookDeps, principal: Principal, id: string): Promise<EventHookTried> {
	const [hook] = await deps.database.asTenant(
		principal,
		async (sql) =>
			await sql<{ kind: "webhook" | "zapier"; addressJwe: string; eventTypes: EventType[] }[]>`
			select kind, address_jwe, event_types from sheaf.event_hooks
			where workspace_id = sheaf.current_workspace() and id = ${id}
			for no key update`,
	);
	if (hook === undefined) throw hookNotFound();
	const address = { kind: hook.kind, ...(await openAddress(deps.vault, hook.addressJwe)) };
	const event: EventRow = sampleEvent(hook.eventTypes[0] ?? "record.delivered");
	const signal = AbortSignal.timeout(patienceMs);
	const { outcome } = meaningOf(await postEvent(deps.http, address, { event, signal }));
	if (outcome === "delivered") return { delivered: true, message: null };
	const message =
		outcome === "gone"
			? "The receiver says that it wants no more events."
			: "The receiver did not take the event. Look there for why, then try again.";
	return { delivered: false, message };
}
