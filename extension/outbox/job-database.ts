import { type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { type DatabaseOwner, forgetOthersDatabases, personsDatabase } from "./persons-database.ts";

/** What became of one page of a job. `link`: saved by its address alone, because it could not be read (`reason`). */
export type JobRowState = "waiting" | "saved" | "link" | "failed";

/** Why a page was not read, or not saved. Names of `CaptureFailure`, and `no-permission`: its site was not allowed. */
export type JobRow = {
	jobId: string;
	/** From 0, in the order given. */
	place: number;
	url: string;
	/** Empty where nobody knows it yet. */
	title: string;
	/** The open tab it is read in; null: it is opened for that. */
	tabId: number | null;
	state: JobRowState;
	reason: string | null;
	recordId: string | null;
};

/** Many pages that are saved one after the other, over as many visits to the panel as it takes. */
export type Job = {
	id: string;
	of: "tabs" | "links";
	/** Where its records go; null: nowhere yet. */
	targetId: string | null;
	/** The workspace it was begun in: it goes on only there. */
	workspaceId: string;
	/** By the person: it goes on when they say so. */
	stopped: boolean;
	createdAt: number;
};

type JobSchema = {
	jobs: { key: string; value: Job };
	rows: { key: [string, number]; value: JobRow };
};

/** A job with its pages, in their order. */
export type WholeJob = { job: Job; rows: JobRow[] };

const prefix = "sheaf-jobs_";

/** Lists of links tell what somebody reads. */
export function jobsName(owner: DatabaseOwner): string {
	return personsDatabase(prefix, owner);
}

/** Forgets the jobs of everybody but the guest and `present`: who has left leaves no list of pages behind. */
export async function forgetOthersJobs(present: string | null): Promise<void> {
	await forgetOthersDatabases(prefix, present);
}

export type JobStore = {
	/** Durable once it resolves. */
	create(job: Job, rows: readonly JobRow[]): Promise<void>;
	/** The oldest first. */
	all(): Promise<WholeJob[]>;
	/** Durable once it resolves. Of a job that was removed meanwhile nothing is kept. */
	putRow(row: JobRow): Promise<void>;
	/** Every failed page waits again. */
	retry(jobId: string): Promise<void>;
	setStopped(jobId: string, stopped: boolean): Promise<void>;
	remove(jobId: string): Promise<void>;
	close(): void;
};

const everyRowOf = (jobId: string): IDBKeyRange => IDBKeyRange.bound([jobId, 0], [jobId, Number.POSITIVE_INFINITY]);

/** Opens one person's jobs, making the database when it is not there. */
export async function openJobs(owner: DatabaseOwner): Promise<JobStore> {
	const database: IDBPDatabase<JobSchema> = await openDB<JobSchema>(jobsName(owner), 1, {
		upgrade(upgrading) {
			upgrading.createObjectStore("jobs", { keyPath: "id" });
			upgrading.createObjectStore("rows", { keyPath: ["jobId", "place"] });
		},
		// Deleted at a sign-out: nobody may hold it open.
		blocking: () => database.close(),
	});
	return storeOf(database);
}

function storeOf(database: IDBPDatabase<JobSchema>): JobStore {
	const both = () => database.transaction(["jobs", "rows"], "readwrite", { durability: "strict" });
	return {
		create: async (job, rows) => {
			const transaction = both();
			void transaction.objectStore("jobs").put(job);
			for (const row of rows) void transaction.objectStore("rows").put(row);
			await transaction.done;
		},
		all: async () => {
			const transaction = database.transaction(["jobs", "rows"]);
			const jobs = await transaction.objectStore("jobs").getAll();
			const whole = jobs.map(async (job) => ({
				job,
				rows: await transaction.objectStore("rows").getAll(everyRowOf(job.id)),
			}));
			return (await Promise.all(whole)).sort((a, b) => a.job.createdAt - b.job.createdAt);
		},
		putRow: (row) => putInJob(both(), row),
		retry: async (jobId) => {
			const transaction = both();
			const rows = transaction.objectStore("rows");
			for (const row of await rows.getAll(everyRowOf(jobId)))
				if (row.state === "failed") void rows.put({ ...row, state: "waiting", reason: null });
			await stop(transaction.objectStore("jobs"), jobId, false);
			await transaction.done;
		},
		setStopped: async (jobId, stopped) => {
			const transaction = both();
			await stop(transaction.objectStore("jobs"), jobId, stopped);
			await transaction.done;
		},
		remove: async (jobId) => {
			const transaction = both();
			void transaction.objectStore("jobs").delete(jobId);
			void transaction.objectStore("rows").delete(everyRowOf(jobId));
			await transaction.done;
		},
		close: () => database.close(),
	};
}

type Both = IDBPTransaction<JobSchema, ("jobs" | "rows")[], "readwrite">;

async function putInJob(transaction: Both, row: JobRow): Promise<void> {
	if (await transaction.objectStore("jobs").get(row.jobId)) void transaction.objectStore("rows").put(row);
	await transaction.done;
}

type Jobs = { get(id: string): Promise<Job | undefined>; put(job: Job): Promise<unknown> };

async function stop(jobs: Jobs, jobId: string, stopped: boolean): Promise<void> {
	const job = await jobs.get(jobId);
	if (job) await jobs.put({ ...job, stopped });
}
