import type { RecordView } from "../../backend/contract/records.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { canonical } from "./canonical.ts";
import type { OutboxDatabase } from "./database.ts";
import { advance, readLane } from "./lane.ts";
import { picturesOfRow } from "./picture-references.ts";
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
	/** What the account's workspace has of these records (at most 100) already; rejects where it cannot be asked. */
	atServer: (ids: readonly string[]) => Promise<readonly RecordView[]>;
	/** Opens another account's database, when a move to it was cut off. The caller's own are not closed. */
	open: (name: string) => OutboxDatabase;
	/** Brings these pictures to the person of that outbox. Before their records, which would else refer to nothing; can be repeated. */
	bringPictures?: (hashes: readonly string[], to: string) => Promise<void>;
};

/**
 * Moves what was captured without an account into the account, once (ID-8), under the same record ids. Two databases
 * share no transaction, so it goes in steps, each of which can be repeated: claim, copy with a marker, empty the guest.
 * Call it at every start: it resumes what was cut off. @returns how many records were moved.
 *
 * A guest may have brought in a file that the account wrote. What the server has as it is stays as it is there: sent anew, it would leave
 * the table that it is in.
 *
 * @throws what `atServer` rejects with; what was not asked for yet stays the guest's until the next time
 */
export async function moveGuestCaptures(deps: MoveDeps): Promise<number> {
	let moved = 0;
	for (;;) {
		// Before the lock, for which a sign-out waits: it must not wait for the network.
		const asked = await askAbout(deps);
		const more = await deps.locks.inTurn(`${deps.guest.name}/move`, () => moveAsked(deps, asked));
		if (more === 0) return moved;
		moved += more;
	}
}

/** The guest's records by their ids, with what the server has of them. */
type Asked = ReadonlyMap<string, RecordView | null>;

/** `GET /api/v1/records?ids=` takes this many. */
const idsPerRequest = 100;

async function askAbout({ guest, atServer }: MoveDeps): Promise<Asked> {
	const ids = await guest.read((transaction) => transaction.objectStore("records").getAllKeys());
	const asked = new Map<string, RecordView | null>(ids.map((id) => [id, null]));
	for (let start = 0; start < ids.length; start += idsPerRequest) {
		for (const view of await atServer(ids.slice(start, start + idsPerRequest))) asked.set(view.id, view);
	}
	return asked;
}

async function moveAsked({ guest, account, open, bringPictures }: MoveDeps, asked: Asked): Promise<number> {
	let moved = 0;
	// Signed out meanwhile: a claim for somebody who has left could be kept by nobody.
	if (await isClosedToWriters(account)) return 0;
	const next = () => claimFor(guest, account.name, asked);
	for (let claim = await next(); claim; claim = await next()) {
		const foreign = claim.to !== account.name;
		const receiver = foreign ? open(claim.to) : account;
		// What this account's server has says nothing of another's.
		await carryOut(guest, receiver, { claim, asked: foreign ? new Map() : asked, bringPictures });
		if (foreign) receiver.close();
		moved += claim.records.length;
	}
	return moved;
}

/**
 * The account's last moment before it is closed to writers: a move to it that was cut off is finished, and none can begin
 * between that and `close`.
 */
export function endMoves(
	{ guest, account, locks, bringPictures }: Omit<MoveDeps, "open" | "atServer">,
	close: () => Promise<void>,
): Promise<void> {
	return locks.inTurn(`${guest.name}/move`, async () => {
		const claim = await guest.read((transaction) => transaction.objectStore("meta").get("claim"));
		if (isClaim(claim) && claim.to === account.name && !(await isClosedToWriters(account))) {
			await carryOut(guest, account, { claim, asked: new Map(), bringPictures });
		}
		await close();
	});
}

type Move = { claim: Claim; asked: Asked; bringPictures: MoveDeps["bringPictures"] };

async function carryOut(guest: OutboxDatabase, receiver: OutboxDatabase, move: Move): Promise<void> {
	const { claim } = move;
	await copy(guest, receiver, move);
	await release(guest, claim);
	await receiver.write((transaction) => transaction.objectStore("meta").delete(`moved/${claim.id}`));
}

/** The claim that was cut off, or a new one on everything that was asked about; null when there is nothing. */
async function claimFor(guest: OutboxDatabase, to: string, asked: Asked): Promise<Claim | null> {
	const found = await guest.read(async (transaction) => {
		const claim = await transaction.objectStore("meta").get("claim");
		return { claim, ids: await transaction.objectStore("records").getAllKeys() };
	});
	if (isClaim(found.claim)) return found.claim;
	if (!found.ids.some((id) => asked.has(id))) return null;
	return await guest.write(async (transaction) => {
		const rows = (await transaction.objectStore("records").getAll()).filter(({ id }) => asked.has(id));
		const claim: Claim = { id: uuidV7(), to, records: rows.map(({ id, version }) => ({ id, version })) };
		await transaction.objectStore("meta").put(claim, "claim");
		return claim;
	});
}

/** The marker goes with the rows: a repeated move must not bring back what the person has removed since. */
async function copy(guest: OutboxDatabase, receiver: OutboxDatabase, move: Move): Promise<void> {
	const { claim, asked, bringPictures } = move;
	const rows = await guest.read(async (transaction) => {
		const records = transaction.objectStore("records");
		const found = await Promise.all(claim.records.map(({ id }) => records.get(id)));
		return found.filter((row) => row !== undefined);
	});
	await bringPictures?.(rows.flatMap(picturesOfRow), receiver.name);
	await receiver.write(async (transaction) => {
		const meta = transaction.objectStore("meta");
		if (await meta.get(`moved/${claim.id}`)) return;
		for (const row of rows) {
			const view = asked.get(row.id) ?? null;
			if (view !== null && isAsThere(row, view)) continue;
			const lane = await readLane(transaction, row.id);
			const moved = lane.row ? editedTo(lane.row, row) : view === null ? row : editedThere(view, row);
			await advance(transaction, lane, { event: "written", row: moved });
		}
		await meta.put(true, `moved/${claim.id}`);
	});
}

/** Edited as a guest after it had been moved: a newer version of what is there, where it is. */
function editedTo(there: RecordRow, edited: RecordRow): RecordRow {
	const { workspaceId, targetId, everSent } = there;
	return { ...edited, workspaceId, targetId, everSent, version: Math.max(there.version, edited.version) + 1 };
}

/** Whether the server has the record with just this in it, whatever its version was in the file. */
function isAsThere(row: RecordRow, { kind, source, fields }: RecordView): boolean {
	const content = (of: Pick<RecordView, "kind" | "source" | "fields">) =>
		canonical([of.kind, of.source.url, of.source.title, of.fields]);
	return content(row) === content({ kind, source, fields });
}

/** Brought in from the account's file and edited since: a newer version of what the server has, in the table that it is in. */
function editedThere({ targetId, version }: RecordView, edited: RecordRow): RecordRow {
	return { ...edited, targetId, everSent: true, version: Math.max(version, edited.version) + 1 };
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
