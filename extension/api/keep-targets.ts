import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { account, targets } from "../settings/items.ts";
import type { Client } from "./client.ts";
import { sessionLock } from "./session-lock.ts";

/** Each asks after the one before has written: an answer from before a table was added never takes its place. */
const oneFetch = "sheaf/targets";

/**
 * Fetches the targets and keeps them for every surface to paint from. An answer that comes after its person has signed
 * out or gone to another workspace is dropped: it would show tables where they do not belong (ID-8). The lock is the sign-out's
 * and the switch's own.
 * @returns whether they are other ones than before
 * @throws ApiFailure, with what was kept left alone
 */
export async function keepTargets(client: Pick<Client, "targets">, locks: OneAtATime): Promise<boolean> {
	return await locks.inTurn(oneFetch, () => fetchAndKeep(client, locks));
}

async function fetchAndKeep(client: Pick<Client, "targets">, locks: OneAtATime): Promise<boolean> {
	const asked = await account.getValue();
	if (asked === null) return false;
	const fetched = await client.targets();
	return await locks.inTurn(sessionLock, async () => {
		const now = await account.getValue();
		if (now?.userId !== asked.userId || now.workspaceId !== asked.workspaceId) return false;
		if (JSON.stringify(await targets.getValue()) === JSON.stringify(fetched)) return false;
		await targets.setValue(fetched);
		return true;
	});
}
