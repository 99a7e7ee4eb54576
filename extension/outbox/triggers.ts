import { browser } from "wxt/browser";
import type { Fetch } from "../api/request.ts";
import type { Session } from "../api/session.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { showBadge } from "./badge.ts";
import { type CourierDeps, goRound } from "./courier.ts";
import { type CurrentOutbox, createCurrentOutbox } from "./current-outbox.ts";
import { hurryAll } from "./queue.ts";

/** The sending side, as the background sees it. */
export type Flushing = {
	/** Something was saved, edited, removed or retried. Returns at once; progress is seen in the database. */
	flush(): { started: boolean };
	/** A page that shows records is open: ask the backend how they stand. */
	refresh(): { started: boolean };
	current: CurrentOutbox;
};

export type FlushingDeps = { session: Session; locks: OneAtATime; fetch: Fetch };

export const alarmName = "sheaf/outbox";
/** The shortest period Chrome keeps. */
const alarmPeriodMinutes = 0.5;
/** Longer waits are the alarm's: a worker with nothing but a timer is stopped after 30 s. */
const longestTimerMs = 20_000;

/**
 * Starts the sending side: sends at start, on an alarm, when the network is back, when somebody signs in and when asked.
 * Call it synchronously in the background's first turn: listeners added later miss the event that woke it.
 */
export function startFlushing({ session, locks, fetch }: FlushingDeps): Flushing {
	const current = createCurrentOutbox();
	const rounds = createRounds({ current, token: session.token, locks, fetch, showBadge });
	browser.alarms.onAlarm.addListener((alarm) => {
		if (alarm.name === alarmName) rounds.request({ askNow: false });
	});
	browser.runtime.onStartup.addListener(() => rounds.request({ askNow: false }));
	browser.runtime.onInstalled.addListener(() => rounds.request({ askNow: false }));
	globalThis.addEventListener("online", () => {
		current
			.get()
			.then((outbox) => hurryAll(outbox.database))
			.finally(() => rounds.request({ askNow: true }))
			.catch(reportError);
	});
	current.onSwitch(() => rounds.request({ askNow: true }));
	session.tidy().catch(reportError);
	// Whatever woke the worker, what an earlier one left undone goes on.
	rounds.request({ askNow: false });
	return {
		current,
		flush: () => rounds.request({ askNow: false }),
		refresh: () => rounds.request({ askNow: true }),
	};
}

type Rounds = { request(ask: { askNow: boolean }): { started: boolean } };

/** One round at a time; what is asked for during a round makes another one follow. */
function createRounds(deps: CourierDeps): Rounds {
	let going = false;
	let wanted: { askNow: boolean } | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const goOn = async () => {
		await ensureAlarm();
		while (wanted) {
			const ask = wanted;
			wanted = null;
			clearTimeout(timer);
			const { wakeAt } = await goRound(deps, ask);
			// With a page open something may be saved any moment, and the page may be gone before it can say so.
			if (wakeAt !== null || !ask.askNow) await setAlarm(wakeAt);
			if (wakeAt === null || wakeAt - Date.now() > longestTimerMs) continue;
			timer = setTimeout(() => request({ askNow: false }), wakeAt - Date.now());
		}
	};
	const request = (ask: { askNow: boolean }) => {
		wanted = { askNow: ask.askNow || (wanted?.askNow ?? false) };
		if (going) return { started: false };
		going = true;
		goOn()
			.catch(reportError)
			.finally(() => {
				going = false;
				if (wanted) request(wanted);
			});
		return { started: true };
	};
	return { request };
}

/** Before the work, so that a worker that is stopped in the middle of it is woken again. Alarms can get lost. */
async function ensureAlarm(): Promise<void> {
	const alarm = await browser.alarms.get(alarmName);
	if (!alarm) await browser.alarms.create(alarmName, { periodInMinutes: alarmPeriodMinutes });
}

async function setAlarm(wakeAt: number | null): Promise<void> {
	if (wakeAt === null) {
		await browser.alarms.clear(alarmName);
		return;
	}
	const when = Math.max(wakeAt, Date.now() + alarmPeriodMinutes * 60_000);
	await browser.alarms.create(alarmName, { when, periodInMinutes: alarmPeriodMinutes });
}
