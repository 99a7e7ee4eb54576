import { type AttributesOf, codeOf, note } from "../diagnostics/note.ts";
import type { OutboxCounts } from "../outbox/types.ts";
import { nextWake } from "./alarm-plan.ts";

/** What one round needs of the rest; `start.ts` puts the real ones in. */
export type CourierDeps = {
	/** Whether somebody is signed in: a guest's records stay here. */
	signedIn: () => Promise<boolean>;
	/** Moves what a guest captured into the account. Cheap when there is nothing. */
	moveGuest: () => Promise<void>;
	/** Gives records without a table the only one there is. Cheap when there are none. */
	aimWaiting: () => Promise<void>;
	/** Sends what is due. */
	flush: () => Promise<{ nextAt: number | null }>;
	/** Asks whether the person may write by now, while something waits for it. Cheap when nothing does. Never rejects. */
	lookAtRole: () => Promise<void>;
	/** Asks how the sent records stand. `changed`: how many had news. */
	refresh: () => Promise<{ changed: number }>;
	counts: () => Promise<OutboxCounts>;
	show: (counts: OutboxCounts) => Promise<void>;
	/** The one alarm: epoch milliseconds, or null for none. */
	setAlarm: (at: number | null) => Promise<void>;
	hasAlarm: () => Promise<boolean>;
	/** Survives the worker, not the browser. */
	quietRounds: { get: () => Promise<number>; set: (rounds: number) => Promise<void> };
	wait: (delayMs: number) => Promise<void>;
};

export type Courier = {
	/** Carries until nothing is due and news stops coming. Calls during a round lead to one more. Never rejects. */
	carry(): Promise<void>;
	/**
	 * Call it at every start of the worker. The browser may drop an alarm (a crash, an update, an extension switched off and
	 * on), and then nothing would send what is left until the next gesture. A start that finds it does nothing more.
	 */
	resume(): Promise<void>;
	/** Paints the badge from the database. */
	paint(): Promise<void>;
};

/** After a capture its row is usually there within seconds: look a few times, then leave it to the alarm. */
const followMs = [600, 1_200, 2_400, 4_800, 9_600];

type Step = AttributesOf<"round.failed">["step"];

const quietly = async (step: Step, work: () => Promise<void>): Promise<void> => {
	try {
		await work();
	} catch (error) {
		// The network, the session or the database failed. The records are safe; the alarm tries again.
		note("round.failed", { step, code: codeOf(error) });
	}
};

const isSignedIn = (deps: CourierDeps): Promise<boolean> => deps.signedIn().catch(() => false);

/** One round: paint, send, look, paint. @returns when the outbox wants to send again, and whether there was news. */
const round = async (deps: CourierDeps): Promise<{ nextAt: number | null; changed: number }> => {
	const result = { nextAt: null as number | null, changed: 0 };
	// First of all: after a restart the button says nothing, and the network may take its time.
	await quietly("paint", async () => deps.show(await deps.counts()));
	if (await isSignedIn(deps)) {
		await quietly("move-guest", deps.moveGuest);
		await quietly("aim", deps.aimWaiting);
		await quietly("flush", async () => {
			result.nextAt = (await deps.flush()).nextAt;
		});
		await quietly("paint", async () => deps.show(await deps.counts()));
		await quietly("refresh", async () => {
			result.changed = (await deps.refresh()).changed;
		});
	}
	await quietly("paint", async () => deps.show(await deps.counts()));
	return result;
};

const plan = async (deps: CourierDeps, { nextAt, changed }: Awaited<ReturnType<typeof round>>): Promise<void> => {
	const quietRounds = changed > 0 ? 0 : (await deps.quietRounds.get()) + 1;
	await deps.quietRounds.set(quietRounds);
	const [signedIn, counts] = await Promise.all([deps.signedIn(), deps.counts()]);
	await deps.setAlarm(nextWake({ signedIn, counts, nextAt, quietRounds }, Date.now()));
};

const onItsWay = async (deps: CourierDeps): Promise<boolean> => {
	try {
		return (await isSignedIn(deps)) && (await deps.counts()).waiting > 0;
	} catch {
		return false;
	}
};

export const createCourier = (deps: CourierDeps): Courier => {
	let running: Promise<void> | null = null;
	let asked = false;
	let wake = (): void => undefined;

	/** Ends early when somebody asks: a new capture must not wait for a look at older ones. */
	const rest = (delayMs: number): Promise<void> =>
		Promise.race([deps.wait(delayMs), new Promise<void>((resolve) => (wake = resolve))]);

	const rounds = async (): Promise<void> => {
		// Should the worker be stopped on the way, this wakes it; the last plan replaces it.
		await quietly("plan", () => deps.setAlarm(Date.now() + 30_000));
		for (let looks = 0; ; ) {
			if (asked) looks = 0;
			asked = false;
			// Once per call and not at every look: a role is seldom raised.
			if (looks === 0 && (await isSignedIn(deps))) await quietly("refresh", deps.lookAtRole);
			const result = await round(deps);
			// What waits to be sent may be of a workspace that is not open, and so not among the counts.
			const follows = result.nextAt !== null || (await onItsWay(deps));
			const delayMs = follows ? followMs[looks] : undefined;
			if (delayMs === undefined) await quietly("plan", () => plan(deps, result));
			else if (!asked) await rest(delayMs);
			looks += 1;
			if (delayMs === undefined && !asked) {
				// In the same turn as the check above: a call from now on starts anew.
				running = null;
				return;
			}
		}
	};

	const carry = (): Promise<void> => {
		asked = true;
		wake();
		running ??= rounds();
		return running;
	};

	return {
		carry,
		resume: () =>
			quietly("plan", async () => {
				if (!(await deps.hasAlarm())) await carry();
			}),
		paint: () => quietly("paint", async () => deps.show(await deps.counts())),
	};
};
