import { useRef, useState } from "preact/hooks";
import type { ManyRow, ManySaved, Outbox, Taking } from "../../../outbox/types.ts";
import { bulkLock, bulkNote, noteProgress } from "../../../settings/bulk-note.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { gridWords as words } from "../../words/grid.ts";
import type { PanelWorld } from "../panel.tsx";

/** How far the rows of the last press are. */
export type Sending =
	| { phase: "idle" }
	| { phase: "saving"; saved: number; total: number; stopping: boolean }
	| { phase: "saved"; saved: number; total: number; taking: readonly Taking[] }
	/** `saved`: what is on disk and stays; `taking` takes it back. */
	| { phase: "failed"; saved: number; total: number; taking: readonly Taking[]; message: string }
	| { phase: "taking-back"; left: number }
	| { phase: "taken-back"; count: number };

/** Rows that are taken back in one transaction: as many as are written in one. */
const perTakingBack = 100;

/** Saves rows with progress, and takes them back. One press at a time. */
export function useSending(world: PanelWorld, title: string) {
	const [sending, setSending] = useState<Sending>({ phase: "idle" });
	const stop = useRef<AbortController | null>(null);
	const userId = world.settings.account?.userId ?? null;

	const send = async (rows: readonly ManyRow[]): Promise<boolean> => {
		if (stop.current) return false;
		stop.current = new AbortController();
		const ended = await save(rows, {
			outbox: world.outbox,
			userId,
			title,
			signal: stop.current.signal,
			tell: setSending,
		});
		stop.current = null;
		setSending(ended);
		// Not before: sending writes to the same database, and both would take twice as long.
		askFlush();
		return ended.phase === "saved" && ended.saved === ended.total;
	};
	return {
		sending,
		/** @returns whether every row is saved */
		send,
		takeBack: async (taking: readonly Taking[]): Promise<void> => {
			setSending(await takeBackAll(taking, world.outbox, setSending));
			askFlush();
		},
		stop: () => {
			stop.current?.abort();
			setSending((now) => (now.phase === "saving" ? { ...now, stopping: true } : now));
		},
	};
}

export type SendingHandle = ReturnType<typeof useSending>;

type Saving = {
	outbox: Outbox;
	userId: string | null;
	title: string;
	signal: AbortSignal;
	tell: (sending: Sending) => void;
};

/** The note beside it is taken away at its end, however it ends: one that is left belongs to a panel that was closed. */
async function save(rows: readonly ManyRow[], { outbox, userId, title, signal, tell }: Saving): Promise<Sending> {
	const total = rows.length;
	let done: ManySaved = { saved: 0, taking: [] };
	const onSaved = (soFar: ManySaved) => {
		const { saved } = soFar;
		done = soFar;
		void noteProgress({ userId, title, saved, total });
		tell({ phase: "saving", saved, total, stopping: signal.aborted });
	};
	tell({ phase: "saving", saved: 0, total, stopping: false });
	try {
		return await navigator.locks.request(bulkLock, async () => {
			await noteProgress({ userId, title, saved: 0, total });
			return { phase: "saved" as const, ...(await outbox.sendMany(rows, { signal, onSaved })), total };
		});
	} catch (error) {
		return { phase: "failed", ...done, total, message: sentenceOf(error) };
	} finally {
		await bulkNote.removeValue();
	}
}

/** From the last one on, batch after batch. */
async function takeBackAll(taking: readonly Taking[], outbox: Outbox, tell: Saving["tell"]): Promise<Sending> {
	let left = taking.length;
	try {
		while (left > 0) {
			tell({ phase: "taking-back", left });
			await outbox.takeBack(taking.slice(Math.max(0, left - perTakingBack), left));
			left -= Math.min(left, perTakingBack);
		}
		return { phase: "taken-back", count: taking.length };
	} catch (error) {
		const kept = { saved: left, taking: taking.slice(0, left) };
		return { phase: "failed", ...kept, total: taking.length, message: sentenceOf(error) };
	}
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : words.notSaved);
