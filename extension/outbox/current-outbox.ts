import { looksOnly } from "../settings/account.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account } from "../settings/items.ts";
import { type OpenOutbox, type OutboxOwner, openOutbox, outboxIn, outboxName } from "./outbox.ts";
import { OutboxError } from "./outbox-error.ts";
import type { LocalRecord, NewCapture } from "./types.ts";

/** The outbox of whoever is signed in, in the workspace they work in, or the guest's. Pages and background each hold one of these. */
export type CurrentOutbox = {
	/** Ask each time instead of keeping the answer: after a sign-in, a sign-out or a switch of workspace it is another one. */
	get(): Promise<OpenOutbox>;
	/** Lets go of the database. */
	close(): void;
};

type Opened = { name: string; owner: OutboxOwner; outbox: Promise<OpenOutbox> };

export function createCurrentOutbox(): CurrentOutbox {
	let opened: Opened | null = null;

	const letGo = () => {
		opened?.outbox.then((outbox) => outbox.close()).catch(() => undefined);
		opened = null;
	};
	const get = async () => {
		const [deviceId, signedIn] = await Promise.all([readDeviceId(), account.getValue()]);
		const place = { workspaceId: signedIn?.workspaceId ?? null, looksOnly: signedIn !== null && looksOnly(signedIn) };
		const owner = { userId: signedIn?.userId ?? null, deviceId, ...place };
		const name = outboxName(owner);
		if (opened?.name === name && isSamePlace(opened.owner, owner)) return await opened.outbox;
		if (opened?.name !== name) letGo();
		// In another workspace, or another role, the database stays open: a capture that is on its way belongs to where it was made.
		const outbox = opened ? opened.outbox.then(({ database }) => outboxIn(database, owner)) : openOutbox(owner);
		opened = { name, owner, outbox };
		// A failed opening is not kept: the next call tries again.
		outbox.catch(() => {
			if (opened?.outbox === outbox) opened = null;
		});
		return await outbox;
	};
	return { get, close: letGo };
}

function isSamePlace(one: OutboxOwner, other: OutboxOwner): boolean {
	return one.workspaceId === other.workspaceId && one.looksOnly === other.looksOnly;
}

type SaveOptions = {
	/** Where the person was then. */
	atGesture?: Pick<OpenOutbox, "send"> | undefined;
	/** Further targets besides the capture's own. */
	also?: readonly string[];
};

/**
 * Saves where the person was at the gesture, in the workspace of then. When somebody has signed in or out since, that outbox is closed
 * and nothing is written there: the capture goes to whoever is here now instead of being lost, without its targets, which are not theirs.
 */
export async function saveForCurrent(
	outbox: Pick<CurrentOutbox, "get">,
	capture: NewCapture,
	{ atGesture, also = [] }: SaveOptions = {},
): Promise<LocalRecord[]> {
	const aims = [capture.targetId, ...also].map((targetId) => ({ targetId, recordId: null }));
	try {
		const sent = await (atGesture ?? (await outbox.get())).send(capture, aims);
		return sent.map(({ record }) => record);
	} catch (error) {
		if (!(error instanceof OutboxError) || error.code !== "outbox/closed") throw error;
		return [await (await outbox.get()).save({ ...capture, targetId: null })];
	}
}
