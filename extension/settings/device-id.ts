import { type OneAtATime, webLocks } from "../messages/one-at-a-time.ts";
import { deviceId } from "./items.ts";

/**
 * This browser profile's UUID, made once. It is part of the name of every local database (ID-8), so two contexts that
 * start together must not make two: the lock lets the second one read what the first wrote.
 */
export async function readDeviceId(locks: OneAtATime = webLocks): Promise<string> {
	const known = await deviceId.getValue();
	if (known) return known;
	return await locks.inTurn("sheaf/device-id", async () => {
		const madeMeanwhile = await deviceId.getValue();
		if (madeMeanwhile) return madeMeanwhile;
		const made = crypto.randomUUID();
		await deviceId.setValue(made);
		return made;
	});
}
