import { readDeviceId } from "../settings/device-id.ts";
import { account } from "../settings/items.ts";
import { type OpenOutbox, openOutbox, outboxName } from "./outbox.ts";

/** The outbox of whoever is signed in, or the guest's. Pages and background each hold one of these. */
export type CurrentOutbox = {
	/** Ask each time instead of keeping the answer: after a sign-in or sign-out it is another one. */
	get(): Promise<OpenOutbox>;
	/** Called when another person's outbox has become the current one. Subscriptions to the old one are dead. */
	onSwitch(listener: () => void): () => void;
	/** Lets go of the database and of every listener. */
	close(): void;
};

export function createCurrentOutbox(): CurrentOutbox {
	let opened: { name: string; outbox: Promise<OpenOutbox> } | null = null;
	const unwatch = new Set<() => void>();

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
	const onSwitch = (listener: () => void) => {
		const stop = account.watch((now, before) => {
			if (now?.userId !== before?.userId) listener();
		});
		unwatch.add(stop);
		return () => {
			unwatch.delete(stop);
			stop();
		};
	};
	const close = () => {
		for (const stop of unwatch) stop();
		unwatch.clear();
		letGo();
	};
	return { get, onSwitch, close };
}
