import { useEffect, useState } from "preact/hooks";
import { openOutbox } from "../../outbox/outbox.ts";
import type { Outbox } from "../../outbox/types.ts";
import type { Account } from "../../settings/account.ts";
import { readDeviceId } from "../../settings/device-id.ts";

/** The records of the person who is signed in, or the guest's. */
export async function openOwnOutbox(account: Account | null): Promise<Outbox> {
	return openOutbox({ userId: account?.userId ?? null, deviceId: await readDeviceId() });
}

/** The outbox of whoever is signed in now: another one after a sign-in or a sign-out. */
export function useOutbox(account: Account | null, initial: { outbox: Outbox; userId: string | null }): Outbox {
	const [open, setOpen] = useState(initial);
	const userId = account?.userId ?? null;
	useEffect(() => {
		if (open.userId === userId) return;
		let left = false;
		void openOwnOutbox(account).then((outbox) => {
			if (left) return outbox.close();
			open.outbox.close();
			setOpen({ outbox, userId });
		});
		return () => {
			left = true;
		};
	}, [userId, open]);
	return open.outbox;
}
