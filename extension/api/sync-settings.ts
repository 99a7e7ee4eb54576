import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { resumeLastTarget } from "../settings/choose-target.ts";
import { account, selectedTargetId, syncedSettings } from "../settings/items.ts";
import {
	type FlatSettings,
	flatten,
	mergeSettings,
	patchBetween,
	readLocalSettings,
	writeLocalSettings,
} from "../settings/synced-settings.ts";
import type { Client } from "./client.ts";
import { sessionLock } from "./session-lock.ts";

type SettingsClient = Pick<Client, "settings" | "changeSettings">;

/**
 * Brings this device's settings and the server's together (ACC-5): one question, and one patch if something was changed here.
 * Two devices that change different things both keep their change; of one thing the later change counts.
 * @param clientOf speaks for that person only: what one has chosen is never told as another's
 * @throws ApiFailure, with what was chosen here left as it is: the next time it is sent
 */
export async function syncSettings(clientOf: (userId: string) => SettingsClient, locks: OneAtATime): Promise<void> {
	const asked = (await account.getValue())?.userId;
	if (asked === undefined) return;
	const client = clientOf(asked);
	const theirs = flatten((await client.settings()).settings);
	// The lock is the sign-out's own: an answer that comes after it is about somebody who has left (ID-8).
	const whileHere = <T>(work: () => Promise<T>) =>
		locks.inTurn(sessionLock, async () => ((await account.getValue())?.userId === asked ? await work() : null));
	const patch = await whileHere(async () => {
		const base = await syncedSettings.getValue();
		const merged = mergeSettings(await readLocalSettings(), base && new Map(Object.entries(base)), theirs);
		await writeLocalSettings(merged);
		// On a new device nothing is chosen yet.
		if ((await selectedTargetId.getValue()) === null) await resumeLastTarget();
		await keepBase(theirs);
		return patchBetween(theirs, merged);
	});
	if (patch === null) return;
	const after = flatten((await client.changeSettings({ settings: patch })).settings);
	await whileHere(() => keepBase(after));
}

function keepBase(flat: FlatSettings): Promise<void> {
	return syncedSettings.setValue(Object.fromEntries(flat));
}
