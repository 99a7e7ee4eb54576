import type { BlobDevice, BlobHash, BlobList, NotStoredDetails } from "../contract/blobs.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import type { BlobDeps } from "./blob-deps.ts";
import { findBlobs } from "./find-blob.ts";

type Holder = { sha256: BlobHash; ownerId: string; deviceId: string; deviceName: string };
type Identity = BlobDeps["identity"];

/**
 * Notes that this device has it. A browser whose next person signs in keeps its UUID: the row is theirs from then on.
 *
 * @param deviceName null: its session has ended meanwhile, and nothing is noted
 */
export async function notePresence(
	sql: Transaction,
	{ deviceId }: Principal,
	{ sha256, deviceName }: { sha256: BlobHash; deviceName: string | null },
): Promise<void> {
	if (deviceId === null || deviceName === null) return;
	await sql`
		delete from sheaf.device_blobs
		where workspace_id = sheaf.current_workspace() and sha256 = ${sha256} and device_id = ${deviceId}`;
	await sql`
		insert into sheaf.device_blobs (sha256, device_id, device_name) values (${sha256}, ${deviceId}, ${deviceName})
		on conflict do nothing`;
}

/** What the device of this session is called; null once the session has ended. */
export async function deviceNameOf(identity: Identity, { sessionId }: Principal): Promise<string | null> {
	const [session] = await identity.asIdentity(
		(sql) => sql<{ deviceName: string }[]>`
			select device_name from sheaf.device_sessions where id = ${sessionId} and revoked_at is null`,
	);
	return session?.deviceName ?? null;
}

/** This device has dropped its copy. What it never said to have counts as dropped. */
export async function dropPresence(
	{ database }: Pick<BlobDeps, "database">,
	principal: Principal,
	sha256: BlobHash,
): Promise<void> {
	await database.asTenant(
		principal,
		(sql) => sql`
			delete from sheaf.device_blobs
			where workspace_id = sheaf.current_workspace() and sha256 = ${sha256} and device_id = ${principal.deviceId}
				and owner_id = sheaf.current_user_id()`,
	);
}

/** What is known of these, with the devices that have them; those that the workspace does not know are left out. */
export async function lookUpBlobs(
	{ database, identity }: Pick<BlobDeps, "database" | "identity">,
	principal: Principal,
	hashes: readonly BlobHash[],
): Promise<BlobList> {
	const [blobs, noted] = await database.asTenant(
		principal,
		async (sql) => await Promise.all([findBlobs(sql, hashes), holdersOf(sql, hashes)]),
	);
	const holders = await signedIn(identity, principal.workspaceId, noted);
	return {
		blobs: blobs.map(({ sha256, byteSize, mediaType, stored }) => ({
			sha256,
			byteSize,
			mediaType,
			stored,
			devices: holders.filter((holder) => holder.sha256 === sha256).map((holder) => deviceOf(holder, principal)),
		})),
	};
}

/** A device that has what the server has not; null where none is known. */
export async function whoHasIt(
	deps: Pick<BlobDeps, "database" | "identity">,
	principal: Principal,
	sha256: BlobHash,
): Promise<NotStoredDetails | null> {
	const { blobs } = await lookUpBlobs(deps, principal, [sha256]);
	const device = blobs[0]?.devices[0];
	return device === undefined ? null : { case: "device", deviceName: device.name };
}

/** Who said they have them, the last one first; some may have signed out since. */
export async function holdersOf(sql: Transaction, hashes: readonly BlobHash[]): Promise<Holder[]> {
	return await sql<Holder[]>`
		select sha256, owner_id, device_id, device_name from sheaf.device_blobs
		where workspace_id = sheaf.current_workspace() and sha256 = any(${hashes}::text[])
		order by announced_at desc, device_id`;
}

/** Those of them whose device is signed in and whose person is still in the workspace: a removed device's presence goes with it. */
export async function signedIn<Device extends Pick<Holder, "ownerId" | "deviceId">>(
	{ asIdentity, now }: Identity,
	workspaceId: string,
	holders: readonly Device[],
): Promise<Device[]> {
	if (holders.length === 0) return [];
	const people = [...new Set(holders.map(({ ownerId }) => ownerId))];
	const live = await asIdentity(
		(sql) => sql<{ userId: string; deviceId: string }[]>`
			select s.user_id, s.device_id from sheaf.device_sessions s
			join sheaf.workspace_members m on m.workspace_id = ${workspaceId} and m.user_id = s.user_id
			where s.user_id = any(${people}::uuid[]) and s.revoked_at is null and s.expires_at > ${new Date(now())}`,
	);
	const known = new Set(live.map(({ userId, deviceId }) => `${userId}/${deviceId}`));
	return holders.filter(({ ownerId, deviceId }) => known.has(`${ownerId}/${deviceId}`));
}

function deviceOf({ deviceId, deviceName, ownerId }: Holder, principal: Principal): BlobDevice {
	return {
		id: deviceId,
		name: deviceName,
		thisDevice: deviceId === principal.deviceId && ownerId === principal.userId,
	};
}
