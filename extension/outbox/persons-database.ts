import { deleteDB } from "idb";

/** null: the guest. */
export type DatabaseOwner = { userId: string | null; deviceId: string };

/** Each person on each device has a database of their own of every kind, and so has the guest (ID-8). */
export function personsDatabase(prefix: string, { userId, deviceId }: DatabaseOwner): string {
	return `${prefix}${userId ?? "guest"}_${deviceId}`;
}

/** Deletes the databases of that kind of everybody but the guest and `present`. */
export async function forgetOthersDatabases(prefix: string, present: string | null): Promise<void> {
	for (const { name = "" } of await indexedDB.databases()) {
		const isOther = name.startsWith(prefix) && !name.startsWith(`${prefix}guest_`);
		if (isOther && !(present !== null && name.startsWith(`${prefix}${present}_`))) await deleteDB(name);
	}
}
