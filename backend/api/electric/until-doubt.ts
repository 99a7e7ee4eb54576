import type { Principal } from "../../db/principal.ts";
import { SheafError } from "../../errors.ts";
import type { RouteDeps } from "../app-deps.ts";

/** Something that goes on for as long as the member is who they were when it began. */
export type Watch = {
	/** Aborted when they are not; its reason is a SheafError. */
	signal: AbortSignal;
	leave: () => void;
};

/**
 * A long poll or a stream of a shape outlives the look at its token: it ends when the member is signed out, taken out or given another role, as
 * our own streams do (`live/live-stream.ts`).
 */
export async function watchStanding(
	{ live, identity }: Pick<RouteDeps, "live" | "identity">,
	principal: Principal,
): Promise<Watch> {
	const { userId, workspaceId, sessionId, deviceId } = principal;
	if (sessionId === null || deviceId === null) throw new Error("Nobody's session asks for a shape.");
	const member = { userId, workspaceId, sessionId, deviceId };
	await live.listening();
	const ended = new AbortController();
	const look = async (fresh: boolean) => {
		const { role } = (await identity.standing.check(member, fresh)).principal;
		if (role !== principal.role)
			throw new SheafError("auth/session-revoked", "Your role in this workspace has changed.");
	};
	const leave = live.onDoubt((whose) => {
		if (whose !== null && whose !== userId) return;
		// Whatever keeps us from knowing who they are by now ends it too: they come back and are asked.
		look(true).catch((error: unknown) => {
			leave();
			ended.abort(error);
		});
	});
	// A ring between the gate and here was for the gate's memory only, which was emptied by it.
	await look(false).catch((error: unknown) => {
		leave();
		throw error;
	});
	return { signal: ended.signal, leave };
}

/** A body that is told of when it is over, however it ends. */
export function withEnd(body: ReadableStream<Uint8Array>, signal: AbortSignal, onEnd: () => void): ReadableStream {
	signal.addEventListener("abort", onEnd, { once: true });
	return body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ flush: onEnd }));
}
