import { browser } from "wxt/browser";
import { storage } from "wxt/utils/storage";
import type { Client } from "../api/client.ts";
import { createSession, type Session } from "../api/session.ts";
import { syncSettings } from "../api/sync-settings.ts";
import { note } from "../diagnostics/note.ts";
import { webLocks } from "../messages/one-at-a-time.ts";
import { type CurrentOutbox, createCurrentOutbox } from "../outbox/current-outbox.ts";
import { OutboxDatabase } from "../outbox/database.ts";
import { moveGuestCaptures } from "../outbox/move-guest.ts";
import { outboxName } from "../outbox/outbox.ts";
import { placeOlderRows } from "../outbox/place-older.ts";
import { looksOnly } from "../settings/account.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account, movedCaptures, targets } from "../settings/items.ts";
import { aimWaiting } from "./aim-waiting.ts";
import { showBadge } from "./badge.ts";
import { forgetCollections } from "./collections.ts";
import { type Courier, createCourier } from "./courier.ts";
import { createSettingsFollower, type SettingsFollower } from "./follow-settings.ts";
import { bringPicturesOf, bringRestOf } from "./guest-pictures.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import { createPictureCarrier, type PictureCarrier } from "./picture-carrier.ts";
import { createRecordKeeping } from "./record-keeping.ts";

/** When to carry again. */
export const alarmName = "sheaf/carry";

/** The pictures' own: they are carried beside the records. */
export const pictureAlarmName = "sheaf/pictures";

/** Gone with the browser: after a restart there may be news. */
const quietRounds = storage.defineItem<number>("session:quietRounds", { fallback: 0 });

/** The parts that live as long as the worker does. */
export type BackgroundContext = {
	session: Session;
	client: Client;
	outbox: CurrentOutbox;
	courier: Courier;
	pictures: PictureCarrier;
	settings: SettingsFollower;
};

const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

const alarmAt =
	(name: string) =>
	async (at: number | null): Promise<void> => {
		if (at === null) await browser.alarms.clear(name);
		else await browser.alarms.create(name, { when: at });
	};

/** Opens the guest's database for the move and closes it again; the account's is the courier's own. */
const moveGuest = async (session: Session, outbox: CurrentOutbox): Promise<void> => {
	const { database } = await outbox.get();
	const guestName = outboxName({ userId: null, deviceId: await readDeviceId() });
	if (database.name === guestName) return;
	const guest = new OutboxDatabase(guestName);
	try {
		const moved = await moveGuestCaptures({
			guest,
			account: database,
			locks: webLocks,
			open: (name) => new OutboxDatabase(name),
			bringPictures: bringPicturesOf(guestName),
			atServer: async (ids) => {
				const userId = (await account.getValue())?.userId;
				return userId === undefined ? [] : await session.client({ userId }).recordsById(ids);
			},
		});
		await tellMoved(moved);
		await bringRestOf(guestName, database.name);
	} finally {
		guest.close();
	}
};

/** The person is told once, wherever they look next; a count that a stopped worker took along is only not told. */
const tellMoved = async (moved: number): Promise<void> => {
	const userId = (await account.getValue())?.userId;
	if (moved === 0 || userId === undefined) return;
	note("guest.moved", { records: moved });
	const told = await movedCaptures.getValue();
	await movedCaptures.setValue({ userId, count: moved + (told?.userId === userId ? told.count : 0) });
};

type CourierParts = { session: Session; lanes: Lanes; outbox: CurrentOutbox; pictures: PictureCarrier };

const createContextCourier = ({ session, lanes, outbox, pictures }: CourierParts): Courier =>
	createCourier({
		signedIn: async () => (await account.getValue()) !== null,
		moveGuest: () => moveGuest(session, outbox),
		aimWaiting: async () => {
			// Where they only look, a table is nobody's aim: what waits goes to another workspace, with tables of its own.
			const who = await account.getValue();
			if (who === null || looksOnly(who)) return;
			// The outbox first: a switch of workspace empties the targets before it changes the place.
			const here = await outbox.get();
			const known = await targets.getValue();
			await aimWaiting(
				here,
				known.map(({ id }) => id),
			);
		},
		flush: async () => {
			await placeOlder(session, outbox);
			const flushed = await lanes.flush();
			// Now the records are where they belong, and what they refer to may follow.
			void pictures.carry();
			return flushed;
		},
		lookAtRole: lanes.lookAtRole,
		refresh: lanes.refresh,
		counts: async () => (await outbox.get()).counts(),
		show: async (counts) => showBadge(counts, await targets.getValue()),
		setAlarm: alarmAt(alarmName),
		hasAlarm: async () => (await browser.alarms.get(alarmName)) !== undefined,
		quietRounds: { get: () => quietRounds.getValue(), set: (rounds) => quietRounds.setValue(rounds) },
		wait,
	});

/** After an update from the version without workspaces: which one is the person's own is asked before anything is sent. */
const placeOlder = async (session: Session, outbox: CurrentOutbox): Promise<void> => {
	if ((await account.getValue())?.workspaceId === null) await session.refreshAccount();
	const personal = (await account.getValue())?.workspaces.find((workspace) => workspace.personal);
	if (personal) await placeOlderRows((await outbox.get()).database, personal.id);
};

export const createContext = (): BackgroundContext => {
	const outbox = createCurrentOutbox();
	const locks = webLocks;
	const session: Session = createSession({
		identity: browser.identity,
		fetch: (url, init) => fetch(url, init),
		locks,
		records: createRecordKeeping({ locks, lastFlush: () => lanes.lastFlush() }),
		endWork: forgetCollections,
	});
	const lanes = createLanes({
		locks,
		account: () => account.getValue(),
		database: async () => (await outbox.get()).database,
		deviceId: () => readDeviceId(),
		online: () => navigator.onLine,
		// Records of the one who has just left are never sent under the name of the one who has just come.
		clientsOf: (userId) => (workspaceId) => session.client({ userId, workspaceId }),
		refreshAccount: () => session.refreshAccount(),
		isClosed: async (place) => (await session.token(place)).kind === "workspace-gone",
	});
	const client = session.client();
	const settings = createSettingsFollower({
		sync: () => syncSettings((userId) => session.client({ userId }), locks),
		wait,
	});
	const pictures = createPictureCarrier({
		account: () => account.getValue(),
		outbox: async () => (await outbox.get()).database,
		deviceId: () => readDeviceId(),
		clientsOf: (userId) => (workspaceId) => session.client({ userId, workspaceId }),
		locks,
		setAlarm: alarmAt(pictureAlarmName),
		onStored: () => void courier.carry(),
	});
	const courier = createContextCourier({ session, lanes, outbox, pictures });
	return { session, client, outbox, courier, pictures, settings };
};
