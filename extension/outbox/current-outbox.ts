import { readDeviceId } from "../settings/device-id.ts";
import { account } from "../settings/items.ts";
import { type OpenOutbox, openOutbox, outboxName } from "./outbox.ts";
import { OutboxError } from "./outbox-error.ts";
import type { LocalRecord, NewCapture } from "./types.ts";

/** The outbox of whoever is signed in, or the guest's. Pages and background each hold one of these. */
export type CurrentOutbox = {
	/** Ask each time instead of keeping the answer: after a sign-in or sign-out it is another one. */
	get(): Promise<OpenOutbox>;
	/** Lets go of the database. */
	close(): void;
};

export function createCurrentOutbox(): CurrentOutbox {
	let opened: { name: string; outbox: Promise<OpenOutbox> } | null = null;

	const letGo = () => {
		opened?.outbox.then((outbox) => outbox.close()).catch(() => undefined);
		opened = null;
	};
	const get = async () => {
		const [deviceId, signedIn] = await Promise.all([readDeviceId(), account.getValue()]);
		const owner = { userId: signedIn?.userId ?? null, deviceId };
		const name = outboxName(owner);
		if (opened?.name === name) return await opened.outbox;
		letGo();
		const outbox = openOutbox(owner);
		opened = { name, outbox };
		// A failed opening is not kept: the next call tries again.
		outbox.catch(() => {
			if (opened?.outbox === outbox) opened = null;
		});
		return await outbox;
	};
	return { get, close: letGo };
}

/**
 * Saves for whoever is current. A sign-in or sign-out between asking and writing closes the database that was asked: nothing
 * of the capture is written then, and it goes to the one that is current now instead of being lost.
 */
export async function saveForCurrent(outbox: Pick<CurrentOutbox, "get">, capture: NewCapture): Promise<LocalRecord> {
	try {
		return await (await outbox.get()).save(capture);
	} catch (error) {
		if (!(error instanceof OutboxError) || error.code !== "outbox/closed") throw error;
		return await (await outbox.get()).save(capture);
	}
}
