import type { OneAtATime } from "../../../messages/one-at-a-time.ts";
import type { Job, JobRow, JobStore, WholeJob } from "../../../outbox/job-database.ts";

/** A page that waits, of a job that goes on. */
export type DuePage = { job: Job; row: JobRow };

type CarryDeps = {
	locks: OneAtATime;
	/** One name for every panel of the person: only one of them works at a time. */
	lock: string;
	store: Pick<JobStore, "all" | "putRow">;
	/** Jobs of another one wait until that is open again. */
	workspaceId: string;
	/** @returns the page with what became of it */
	save: (due: DuePage) => Promise<JobRow>;
	/** Each time what became of a page is on disk. */
	onKept: () => void;
};

export type Carrying = {
	/** Does what is due once no other panel is at it. Resolves when nothing is due any more, at once where that waits for its turn already. */
	carryOn(): Promise<void>;
	/** As `carryOn`, where another panel may have left work. What failed is tried again only when the person presses. */
	heard(): Promise<void>;
	/** Begins no further page. Resolves when the one at hand is noted. */
	end(): Promise<void>;
};

/**
 * Saves the pages of the person's jobs, one after the other, the oldest job's first. What is due is read anew before each page: a job that was
 * stopped or removed, in whichever panel, ends after the page at hand. Cut off between the saving of a page and the note of it, the page is saved
 * again as a new version of the same record.
 */
export function carryJobs({ locks, lock, store, workspaceId, save, onKept }: CarryDeps): Carrying {
	let waits = false;
	let failed = false;
	let ended = false;
	let atHand: Promise<void> = Promise.resolve();

	const nextDue = async (): Promise<DuePage | null> => {
		const jobs = failed ? [] : await store.all();
		return ended ? null : firstDue(jobs, workspaceId);
	};
	const keepUp = async (): Promise<void> => {
		try {
			for (let due = await nextDue(); due !== null; due = await nextDue()) {
				await store.putRow(await save(due));
				onKept();
			}
		} catch {
			// The store is gone or takes nothing: another try at once would save the same page once more.
			failed = true;
		}
	};
	const inTurn = async (): Promise<void> => {
		if (waits || ended) return;
		waits = true;
		await locks.inTurn(lock, async () => {
			// From here on a further call must wait for a turn of its own: this one may have read what is due already.
			waits = false;
			atHand = keepUp();
			await atHand;
		});
	};
	return {
		carryOn: async () => {
			failed = false;
			await inTurn();
		},
		heard: async () => {
			if (!failed) await inTurn();
		},
		end: async () => {
			ended = true;
			await atHand;
		},
	};
}

function firstDue(jobs: readonly WholeJob[], workspaceId: string): DuePage | null {
	for (const { job, rows } of jobs) {
		const row =
			job.stopped || job.workspaceId !== workspaceId ? undefined : rows.find(({ state }) => state === "waiting");
		if (row) return { job, row };
	}
	return null;
}
