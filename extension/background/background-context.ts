import { browser } from "wxt/browser";
import { storage } from "wxt/utils/storage";
import { type Client, createClient } from "../api/client.ts";
import { createSession, type Session } from "../api/session.ts";
import { webLocks } from "../messages/one-at-a-time.ts";
import { type CurrentOutbox, createCurrentOutbox } from "../outbox/current-outbox.ts";
import { OutboxDatabase } from "../outbox/database.ts";
import { flushOutbox } from "../outbox/flush.ts";
import { moveGuestCaptures } from "../outbox/move-guest.ts";
import { outboxName } from "../outbox/outbox.ts";
import { refreshRecords } from "../outbox/refresh.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account, serverUrl, targets } from "../settings/items.ts";
import { aimWaiting } from "./aim-waiting.ts";
import { showBadge } from "./badge.ts";
import { type Courier, createCourier } from "./courier.ts";

/** The one alarm of this extension: when to carry again. */
export const alarmName = "sheaf/carry";

/** Gone with the browser: after a restart there may be news. */
const quietRounds = storage.defineItem<number>("session:quietRounds", { fallback: 0 });

/** The parts that live as long as the worker does. */
export type BackgroundContext = { session: Session; client: Client; outbox: CurrentOutbox; courier: Courier };

/**
 * Tokens of one person only: who is signed in is looked at before and after the token is fetched, so that records of the
 * one who has just left are never sent under the name of the one who has just come.
 */
const clientOf = (session: Session, userId: string): Client =>
	createClient({
		serverUrl: () => serverUrl.getValue(),
		token: async (refused) => {
			const isStill = async (): Promise<boolean> => (await account.getValue())?.userId === userId;
			const token = (await isStill()) ? await session.token(refused) : null;
			return (await isStill()) ? token : null;
		},
	});

const setAlarm = async (at: number | null): Promise<void> => {
	if (at === null) await browser.alarms.clear(alarmName);
	else await browser.alarms.create(alarmName, { when: at });
};

/** Opens the guest's database for the move and closes it again; the account's is the courier's own. */
const moveGuest = async (outbox: CurrentOutbox): Promise<void> => {
	const { database } = await outbox.get();
	const guestName = outboxName({ userId: null, deviceId: await readDeviceId() });
	if (database.name === guestName) return;
	const guest = new OutboxDatabase(guestName);
	try {
		await moveGuestCaptures({
			guest,
			account: database,
			locks: webLocks,
			open: (name) => new OutboxDatabase(name),
		});
	} finally {
		guest.close();
	}
};

/** The signed-in person's outbox with a client that speaks for nobody else; null for a guest. */
const ownLane = async (session: Session, outbox: CurrentOutbox) => {
	const signedIn = await account.getValue();
	if (signedIn === null) return null;
	const { database } = await outbox.get();
	const own = database.name === outboxName({ userId: signedIn.userId, deviceId: await readDeviceId() });
	return own ? { database, client: clientOf(session, signedIn.userId) } : null;
};

export const createContext = (): BackgroundContext => {
	const session = createSession({
		identity: browser.identity,
		fetch: (url, init) => fetch(url, init),
		locks: webLocks,
	});
	const outbox = createCurrentOutbox();
	const courier = createCourier({
		signedIn: async () => (await account.getValue()) !== null,
		moveGuest: () => moveGuest(outbox),
		aimWaiting: async () => {
			const known = await targets.getValue();
			await aimWaiting(
				await outbox.get(),
				known.map(({ id }) => id),
			);
		},
		flush: async () => {
			const lane = await ownLane(session, outbox);
			return lane === null ? { nextAt: null } : await flushOutbox({ ...lane, locks: webLocks });
		},
		refresh: async () => {
			const lane = await ownLane(session, outbox);
			return lane === null ? { changed: 0 } : await refreshRecords(lane);
		},
		counts: async () => (await outbox.get()).counts(),
		show: showBadge,
		setAlarm,
		hasAlarm: async () => (await browser.alarms.get(alarmName)) !== undefined,
		quietRounds: { get: () => quietRounds.getValue(), set: (rounds) => quietRounds.setValue(rounds) },
		wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
	});
	const client = createClient({ serverUrl: () => serverUrl.getValue(), token: session.token });
	return { session, client, outbox, courier };
};
