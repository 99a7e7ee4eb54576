import { readDeviceId } from "../settings/device-id.ts";
import { account } from "../settings/items.ts";
import { type OpenOutbox, openOutbox, outboxName } from "./outbox.ts";
import { OutboxError } from "./outbox-error.ts";
import type { LocalRecord, NewCapture } from "./types.ts";

/** The outbox of whoever is signed in, in the workspace they work in, or the guest's. Pages and background each hold one of these. */
export type CurrentOutbox = {
	/** Ask each time instead of keeping the answer: after a sign-in, a sign-out or a switch of workspace it is another one. */
	get(): Promise<OpenOutbox>;
	/** Lets go of the database. */
	close(): void;
};

export function createCurrentOutbox(): CurrentOutbox {
	let opened: { key: string; outbox: Promise<OpenOutbox> } | null = null;

	const letGo = () => {
		opened?.outbox.then((outbox) => outbox.close()).catch(() => undefined);
		opened = null;
	};
	const get = async () => {
		const [deviceId, signedIn] = await Promise.all([readDeviceId(), account.getValue()]);
		const owner = { userId: signedIn?.userId ?? null, deviceId, workspaceId: signedIn?.workspaceId ?? null };
		const key = `${outboxName(owner)} ${owner.workspaceId}`;
		if (opened?.key === key) return await opened.outbox;
		letGo();
		const outbox = openOutbox(owner);
		opened = { key, outbox };
		// A failed opening is not kept: the next call tries again.
		outbox.catch(() => {
			if (opened?.outbox === outbox) opened = null;
		});
		return await outbox;
	};
	return { get, close: letGo };
}

/**
 * Saves where the person was at the gesture. When they have signed in or out or gone to another workspace since, the outbox
 * that was open then is closed and nothing is written there: the capture goes to where they are now instead of being lost,
 * without its target, which is of the place they left.
 */
export async function saveForCurrent(
	outbox: Pick<CurrentOutbox, "get">,
	capture: NewCapture,
	atGesture?: Pick<OpenOutbox, "save">,
): Promise<LocalRecord> {
	try {
		return await (atGesture ?? (await outbox.get())).save(capture);
	} catch (error) {
		if (!(error instanceof OutboxError) || error.code !== "outbox/closed") throw error;
		return await (await outbox.get()).save({ ...capture, targetId: null });
	}
}
