import { accountOf } from "../settings/account.ts";
import { account } from "../settings/items.ts";
import type { Client } from "./client.ts";
import { openSealed } from "./open-sealed.ts";
import { sealKeyIfThere } from "./seal-key.ts";
import { readSealKeys, writeSealKey } from "./session-database.ts";
import type { SessionDeps } from "./session-deps.ts";
import { sessionLock } from "./session-lock.ts";
import { showAccount } from "./show-account.ts";

/**
 * Asks who the person is, where they belong and what they may do there. An answer that comes after they have signed out or gone to
 * another workspace is dropped (ID-8). @returns whether anybody is signed in. @throws ApiFailure
 */
export async function refreshAccount(
	deps: Pick<SessionDeps, "locks" | "records">,
	client: Pick<Client, "fullUser" | "deviceKey">,
): Promise<boolean> {
	const asked = await account.getValue();
	if (asked === null) return false;
	const next = accountOf(await client.fullUser());
	await deps.locks.inTurn(sessionLock, async () => {
		const now = await account.getValue();
		if (now?.userId === next.userId && now.workspaceId === asked.workspaceId) await showAccount(next);
	});
	await ensureSealKey(deps, client, next.userId);
	return true;
}

/** For a session that an older version began, or that began while the key could not be had: then something may wait for it. */
async function ensureSealKey(
	{ locks, records }: Pick<SessionDeps, "locks" | "records">,
	client: Pick<Client, "deviceKey">,
	userId: string,
): Promise<void> {
	if ((await readSealKeys(userId)).server !== null) return;
	const key = await sealKeyIfThere(client);
	if (key === null) return;
	await locks.inTurn(sessionLock, async () => {
		// A key that comes after the sign-out would lie beside what it opens.
		if ((await account.getValue())?.userId !== userId) return;
		await writeSealKey(userId, "server", key);
		await openSealed(records, userId);
	});
}
