import type { OneAtATime } from "../messages/one-at-a-time.ts";
import type { OutboxDatabase } from "./database.ts";
import { advance, readLane } from "./lane.ts";
import type { RecordRow } from "./schema.ts";
import { isClosedToWriters } from "./seal.ts";
import { uuidV7 } from "./uuid-v7.ts";

/**
 * Whose the guest's captures have become. Written before the first one is copied: if the move is cut off and somebody
 * else signs in next, they still go to the person they were promised to, and to nobody else.
 */
type Claim = { id: string; to: string; records: { id: string; version: number }[] };

export type MoveDeps = {
	guest: OutboxDatabase;
	account: OutboxDatabase;
	locks: OneAtATime;
	/** Opens another account's database, when a move to it was cut off. The caller's own are not closed. */
	open: (name: string) => OutboxDatabase;
};

/**
 * Moves what was captured without an account into the account, once (ID-8), under the same record ids. Two databases
 * share no transaction, so it goes in steps, each of which can be repeated: claim, copy with a marker, empty the guest.
 * Call it at every start: it resumes what was cut off. @returns how many records were moved.
 */
export function moveGuestCaptures({ guest, account, locks, open }: MoveDeps): Promise<number> {
	return locks.inTurn(`${guest.name}/move`, async () => {
		let moved = 0;
		// Signed out meanwhile: a claim for somebody who has left could be kept by nobody.
		if (await isClosedToWriters(account)) return 0;
		for (let claim = await claimFor(guest, account.name); claim; claim = await claimFor(guest, account.name)) {
			const foreign = claim.to !== account.name;
			const receiver = foreign ? open(claim.to) : account;
			await carryOut(guest, receiver, claim);
			if (foreign) receiver.close();
			moved += claim.records.length;
		}
		return moved;
	});
}

/**
 * The account's last moment before it is closed to writers: a move to it that was cut off is finished, and none can begin
 * between that and `close`.
 */
export function endMoves({ guest, account, locks }: Omit<MoveDeps, "open">, close: () => Promise<void>): Promise<void> {
	return locks.inTurn(`${guest.name}/move`, async () => {
		const claim = await guest.read((transaction) => transaction.objectStore("meta").get("claim"));
		if (isClaim(claim) && claim.to === account.name && !(await isClosedToWriters(account))) {
			await carryOut(guest, account, claim);
		}
		await close();
	});
}

async function carryOut(guest: OutboxDatabase, receiver: OutboxDatabase, claim: Claim): Promise<void> {
	await copy(guest, receiver, claim);
	await release(guest, claim);
	await receiver.write((transaction) => transaction.objectStore("meta").delete(`moved/${claim.id}`));
}

/** The claim that was cut off, or a new one on everything there is; null when there is nothing. */
async function claimFor(guest: OutboxDatabase, to: string): Promise<Claim | null> {
	const found = await guest.read(async (transaction) => {
		const claim = await transaction.objectStore("meta").get("claim");
		return { claim, records: await transaction.objectStore("records").count() };
	});
	if (isClaim(found.claim)) return found.claim;
	if (found.records === 0) return null;
	return await guest.write(async (transaction) => {
		const rows = await transaction.objectStore("records").getAll();
		const claim: Claim = { id: uuidV7(), to, records: rows.map(({ id, version }) => ({ id, version })) };
		await transaction.objectStore("meta").put(claim, "claim");
		return claim;
	});
}

/** The marker goes with the rows: a repeated move must not bring back what the person has removed since. */
async function copy(guest: OutboxDatabase, receiver: OutboxDatabase, claim: Claim): Promise<void> {
	const rows = await guest.read(async (transaction) => {
		const records = transaction.objectStore("records");
		const found = await Promise.all(claim.records.map(({ id }) => records.get(id)));
		return found.filter((row) => row !== undefined);
	});
	await receiver.write(async (transaction) => {
		const meta = transaction.objectStore("meta");
		if (await meta.get(`moved/${claim.id}`)) return;
		for (const row of rows) {
			const lane = await readLane(transaction, row.id);
			await advance(transaction, lane, { event: "written", row: lane.row ? editedTo(lane.row, row) : row });
		}
		await meta.put(true, `moved/${claim.id}`);
	});
}

/** Edited as a guest after it had been moved: a newer version of what is there, where it is. */
function editedTo(there: RecordRow, edited: RecordRow): RecordRow {
	const { workspaceId, targetId, everSent } = there;
	return { ...edited, workspaceId, targetId, everSent, version: Math.max(there.version, edited.version) + 1 };
}

/** What was edited in a page that was still open as a guest stays, and is moved by the next round. */
async function release(guest: OutboxDatabase, claim: Claim): Promise<void> {
	await guest.write(async (transaction) => {
		for (const { id, version } of claim.records) {
			const lane = await readLane(transaction, id);
			if (lane.row?.version === version) await advance(transaction, lane, { event: "forgotten" });
		}
		await transaction.objectStore("meta").delete("claim");
	});
}

function isClaim(value: unknown): value is Claim {
	return typeof value === "object" && value !== null && "to" in value && "records" in value;
}
