import { ApiFailure } from "../api/api-failure.ts";
import { type Client, createClient } from "../api/client.ts";
import type { Fetch, TokenSource } from "../api/request.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account, serverUrl } from "../settings/items.ts";
import type { CurrentOutbox } from "./current-outbox.ts";
import { OutboxDatabase } from "./database.ts";
import { flushOutbox } from "./flush.ts";
import { moveGuestCaptures } from "./move-guest.ts";
import { type OpenOutbox, outboxName } from "./outbox.ts";
import { OutboxError } from "./outbox-error.ts";
import { afterAsking, type Pace, quickened, readPace } from "./pace.ts";
import { refreshRecords } from "./refresh.ts";
import type { OutboxCounts } from "./types.ts";

export type CourierDeps = {
	current: CurrentOutbox;
	token: TokenSource;
	locks: OneAtATime;
	fetch: Fetch;
	showBadge: (counts: OutboxCounts) => Promise<void>;
};

export type RoundAsk = {
	/** Ask how the open records stand even if it is not their time yet. */
	askNow: boolean;
};

/** What one round leaves to do: when it is worth coming back (epoch milliseconds), or null when nothing waits. */
export type RoundEnd = { wakeAt: number | null };

/** A full disk does not empty itself within seconds. */
const storageRecheckMs = 60_000;

/**
 * One round for whoever is signed in: bring in the guest's captures, send what is due, ask how the rest stands, show the
 * count. Failures of network and storage end a round early and are no errors: the next one goes on from what is stored.
 */
export async function goRound(deps: CourierDeps, ask: RoundAsk): Promise<RoundEnd> {
	const outbox = await deps.current.get();
	const owner = (await account.getValue())?.userId ?? null;
	let wakeAt: number | null = null;
	await deps.showBadge(await outbox.counts());
	if (owner !== null) {
		try {
			await bringInGuest(deps, outbox, owner);
			wakeAt = await sendAndAsk(deps, { outbox, client: clientFor(deps, owner) }, ask);
		} catch (error) {
			if (!(error instanceof OutboxError)) throw error;
			wakeAt = Date.now() + storageRecheckMs;
		}
	}
	await deps.showBadge(await outbox.counts());
	return { wakeAt };
}

type Errand = { outbox: OpenOutbox; client: Client };

async function sendAndAsk(deps: CourierDeps, { outbox, client }: Errand, ask: RoundAsk): Promise<number | null> {
	const { database } = outbox;
	const sent = await flushOutbox({ database, client, locks: deps.locks });
	if (sent.accepted > 0) await writePace(database, quickened(Date.now()));
	const askAt = await askWhenDue({ outbox, client }, ask);
	const times = [sent.nextAt, askAt].filter((time) => time !== null);
	return times.length === 0 ? null : Math.min(...times);
}

/** @returns when to ask next, or null when no record is open at the backend. */
async function askWhenDue({ outbox, client }: Errand, { askNow }: RoundAsk): Promise<number | null> {
	const { database } = outbox;
	const pace = readPace(await database.read((transaction) => transaction.objectStore("meta").get("poll")));
	if (!askNow && Date.now() < pace.nextAt) return (await outbox.counts()).waiting > 0 ? pace.nextAt : null;
	const next = afterAsking(askNow ? { ...pace, quickUntil: quickened(Date.now()).quickUntil } : pace, Date.now());
	try {
		const { waiting } = await refreshRecords({ database, client });
		if (waiting === 0) return null;
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
	}
	await writePace(database, next);
	return next.nextAt;
}

function writePace(database: OutboxDatabase, pace: Pace): Promise<unknown> {
	return database.write((transaction) => transaction.objectStore("meta").put(pace, "poll"));
}

/** A client that stops having tokens the moment another person is signed in: one's records never go out as another's. */
function clientFor(deps: CourierDeps, userId: string): Client {
	return createClient({
		serverUrl: () => serverUrl.getValue(),
		token: async (refused) => {
			const token = await deps.token(refused);
			// Asked after the token came: had the account changed before, the token could be the next person's.
			return (await account.getValue())?.userId === userId ? token : null;
		},
		fetch: deps.fetch,
	});
}

async function bringInGuest(deps: CourierDeps, outbox: OpenOutbox, userId: string): Promise<void> {
	const deviceId = await readDeviceId(deps.locks);
	// The account may have changed since this outbox was asked for.
	if (outbox.database.name !== outboxName({ userId, deviceId })) return;
	const guest = new OutboxDatabase(outboxName({ userId: null, deviceId }));
	try {
		await moveGuestCaptures({
			guest,
			account: outbox.database,
			locks: deps.locks,
			open: (name) => new OutboxDatabase(name),
		});
	} finally {
		guest.close();
	}
}
