import type { DiagnosticsRequest, maxShippedEntries } from "../../backend/contract/diagnostics.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { otlpLogs } from "./otlp-logs.ts";
import { lostEntry } from "./recorder.ts";
import type { Numbered, Ring } from "./ring-database.ts";
import type { ThisBrowser } from "./this-browser.ts";

/** How often in a row the server did not take any, and until when it is left alone (epoch milliseconds). */
export type ShippingPause = { failures: number; until: number };

export type ShipperDeps = {
	/** Whose entries may be sent now, null: nobody's. Asked before every request. */
	allowed: () => Promise<string | null>;
	ring: (userId: string) => Promise<Ring>;
	/** @throws ApiFailure */
	send: (userId: string, body: DiagnosticsRequest, signal: AbortSignal) => Promise<unknown>;
	/** Survives the worker, not the browser. */
	pause: { get: () => Promise<ShippingPause>; set: (pause: ShippingPause) => Promise<void> };
	about: () => ThisBrowser;
	now?: () => number;
	/** Between 0 and 1; tests fix it. */
	random?: () => number;
};

export type Shipper = {
	/** Sends what was kept since it was allowed, if it is, and if the server is not to be left alone. Never rejects. */
	ship(): Promise<void>;
	/** Call it when the switch changes: what is on its way is given up at once when it went off. */
	switched(): void;
};

/** The contract's number. Only its types may be imported, so the compiler holds them equal. */
const batchSize: typeof maxShippedEntries = 100;
const firstPauseMs = 5_000;
const longestPauseMs = 3_600_000;

/** One sender; what it does not get rid of stays in the ring, where the oldest make room. */
export function createShipper(deps: ShipperDeps): Shipper {
	let leaving = new AbortController();
	let shipping: Promise<void> | null = null;
	const ship = () => {
		shipping ??= shipAll(deps, () => leaving.signal)
			.catch(() => undefined)
			.finally(() => {
				shipping = null;
			});
		return shipping;
	};
	const stopUnlessAllowed = async () => {
		if ((await deps.allowed()) !== null) return;
		leaving.abort();
		leaving = new AbortController();
	};
	return { ship, switched: () => void stopUnlessAllowed().catch(() => leaving.abort()) };
}

async function shipAll(deps: ShipperDeps, signal: () => AbortSignal): Promise<void> {
	const { now = Date.now } = deps;
	let ring: { userId: string; open: Ring } | null = null;
	try {
		for (;;) {
			const userId = await deps.allowed();
			const { until } = await deps.pause.get();
			// A longer pause than there is was written before the clock was set back.
			if (userId === null || (until > now() && until <= now() + longestPauseMs)) return;
			if (ring !== null && ring.userId !== userId) return;
			ring ??= { userId, open: await deps.ring(userId) };
			if (!(await shipBatch(deps, ring, signal()))) return;
		}
	} finally {
		ring?.open.close();
	}
}

/** @returns whether there may be more to send */
async function shipBatch(
	deps: ShipperDeps,
	{ userId, open }: { userId: string; open: Ring },
	signal: AbortSignal,
): Promise<boolean> {
	const batch = await open.unsent(batchSize);
	const last = batch.at(-1);
	if (last === undefined || signal.aborted) return false;
	try {
		const entries = batch.map(({ entry }) => entry);
		await deps.send(userId, otlpLogs(entries, deps.about()), signal);
	} catch (error) {
		if (signal.aborted) return false;
		if (isRefused(error)) return await giveUp(open, batch);
		await deps.pause.set(await pauseAfter(deps, error));
		return false;
	}
	await open.markSent(last.number);
	await deps.pause.set({ failures: 0, until: 0 });
	return batch.length === batchSize;
}

const refusals: ReadonlySet<number | null> = new Set([400, 413, 422]);

/** The same batch would be refused each time. */
function isRefused(error: unknown): boolean {
	return error instanceof ApiFailure && refusals.has(error.status);
}

/** What the server does not take must not keep the rest from it. A note of such a loss that is refused itself is not noted again. */
async function giveUp(open: Ring, batch: readonly Numbered[]): Promise<true> {
	await open.markSent(batch.at(-1)?.number);
	const lost = batch.filter(({ entry }) => entry.event !== "diagnostics.lost").length;
	if (lost > 0) await open.append([lostEntry(lost, "background")]);
	return true;
}

async function pauseAfter({ pause, now = Date.now, random = Math.random }: ShipperDeps, error: unknown) {
	const failures = (await pause.get()).failures + 1;
	const limitMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 20));
	const asked = error instanceof ApiFailure ? error.retryAfterMs : null;
	// Between half and all of it: many devices do not come back together, and none at once.
	const delayMs = asked ?? Math.round(limitMs * (0.5 + random() / 2));
	return { failures, until: now() + Math.min(delayMs, longestPauseMs) };
}
