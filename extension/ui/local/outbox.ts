import { useEffect, useState } from "preact/hooks";
import { openOutbox } from "../../outbox/outbox.ts";
import type { Outbox } from "../../outbox/types.ts";
import { type Account, looksOnly } from "../../settings/account.ts";
import { readDeviceId } from "../../settings/device-id.ts";

/** The records of the person who is signed in, in the workspace they work in, or the guest's. */
export async function openOwnOutbox(account: Account | null): Promise<Outbox> {
	const [userId, workspaceId] = [account?.userId ?? null, account?.workspaceId ?? null];
	const role = { looksOnly: account !== null && looksOnly(account) };
	return openOutbox({ userId, workspaceId, ...role, deviceId: await readDeviceId() });
}

/** The outbox of whoever is signed in now: another one after a sign-in, a sign-out, a switch of workspace or a change of role. */
export function useOutbox(account: Account | null, initial: { outbox: Outbox; account: Account | null }): Outbox {
	const [open, setOpen] = useState({ outbox: initial.outbox, place: placeOf(initial.account) });
	const place = placeOf(account);
	useEffect(() => {
		if (open.place === place) return;
		let left = false;
		void openOwnOutbox(account).then((outbox) => {
			if (left) return outbox.close();
			open.outbox.close();
			setOpen({ outbox, place });
		});
		return () => {
			left = true;
		};
	}, [place, open]);
	return open.outbox;
}

function placeOf(account: Account | null): string {
	return account === null ? "guest" : `${account.userId} ${account.workspaceId} ${looksOnly(account)}`;
}
