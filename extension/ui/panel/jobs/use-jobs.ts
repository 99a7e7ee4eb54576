import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { captureTab } from "../../../background/capture-tab.ts";
import { normalUrl } from "../../../capture/normal-url.ts";
import { ask } from "../../../messages/ask.ts";
import { type Job, type JobRow, type JobStore, openJobs, type WholeJob } from "../../../outbox/job-database.ts";
import { readDeviceId } from "../../../settings/device-id.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { aimsFor } from "../../popup/editor.ts";
import { mayRead } from "../host-access.ts";
import type { PanelWorld } from "../panel.tsx";
import { type JobDeps, runJob, updateOf } from "./run-job.ts";

/** A page of a job before it is begun. */
export type NewPage = Pick<JobRow, "url" | "title" | "tabId">;

/** The person's jobs, carried on while a panel is open: the one that holds the lock works, every panel shows. */
export function useJobs(world: PanelWorld) {
	const { jobs, store, halt, carryOn, reload } = useCarrying(world);
	const workspaceId = world.settings.account?.workspaceId ?? "";
	const afterwards = async (change: Promise<void> | undefined) => {
		await change;
		await carryOn();
	};
	return {
		jobs,
		start: async (of: Job["of"], pages: readonly NewPage[], targetId: string | null) => {
			const job = { id: crypto.randomUUID(), of, targetId, workspaceId, stopped: false, createdAt: Date.now() };
			const rest = { jobId: job.id, state: "waiting", reason: null, recordId: null } as const;
			const rows = pages.map(({ url, title, tabId }, place) => ({ url, title, tabId, ...rest, place }));
			await afterwards(store.current?.create(job, rows));
		},
		stop: async (jobId: string) => {
			halt(jobId);
			await store.current?.setStopped(jobId, true);
			await reload();
		},
		goOn: (jobId: string) => afterwards(store.current?.setStopped(jobId, false)),
		retry: (jobId: string) => afterwards(store.current?.retry(jobId)),
		remove: async (jobId: string) => {
			halt(jobId);
			await afterwards(store.current?.remove(jobId));
		},
	};
}

export type JobsHandle = ReturnType<typeof useJobs>;

/** Opens the person's jobs and does what is due of them, one job after the other. */
function useCarrying(world: PanelWorld) {
	const userId = world.settings.account?.userId ?? null;
	const workspaceId = world.settings.account?.workspaceId ?? "";
	const [jobs, setJobs] = useState<readonly WholeJob[] | null>(null);
	const store = useRef<JobStore | null>(null);
	const working = useRef<{ jobId: string; stop: AbortController } | null>(null);
	const latest = useRef(world);
	latest.current = world;

	const reload = useCallback(async () => {
		const found = (await store.current?.all().catch(() => null)) ?? [];
		if (store.current) setJobs(found.filter(({ job }) => job.workspaceId === workspaceId));
		return found;
	}, [workspaceId]);

	const carryOn = useCallback(async (): Promise<void> => {
		const next = (await reload()).find(({ job, rows }) => isDue(job, rows, workspaceId));
		if (!next || working.current) return;
		const stop = new AbortController();
		working.current = { jobId: next.job.id, stop };
		const keep = async (row: JobRow) => {
			await store.current?.putRow(row);
			askFlush();
			await reload();
		};
		await workOn(next, depsFor(next.job, latest.current, keep), { lock: `sheaf/jobs/${userId}`, stop });
		working.current = null;
		if (!stop.signal.aborted) await carryOn();
	}, [reload, userId, workspaceId]);

	const halt = (jobId: string) => {
		if (working.current?.jobId === jobId) working.current.stop.abort();
	};
	useEffect(() => {
		let left = false;
		const open = async () => {
			const opened = await openJobs({ userId, deviceId: await readDeviceId() });
			if (left) return opened.close();
			store.current = opened;
			await carryOn();
		};
		open().catch(() => setJobs([]));
		return () => {
			left = true;
			working.current?.stop.abort();
			store.current?.close();
			store.current = null;
		};
	}, [userId, carryOn]);
	// A panel of another window may be the one that works: what it saves is heard of here.
	useEffect(() => world.outbox.onChange(() => void reload()), [world.outbox, reload]);
	return { jobs, store, halt, carryOn, reload };
}

/** Ends with `stop` aborted when it did not come to its end: another panel is at it, or it failed. */
async function workOn(
	{ rows }: WholeJob,
	deps: JobDeps,
	{ lock, stop }: { lock: string; stop: AbortController },
): Promise<void> {
	try {
		await navigator.locks.request(lock, { ifAvailable: true }, async (held) => {
			if (held) await runJob(rows, deps, stop.signal);
			else stop.abort();
		});
	} catch {
		stop.abort();
	}
}

function isDue(job: Job, rows: readonly JobRow[], workspaceId: string): boolean {
	return !job.stopped && job.workspaceId === workspaceId && rows.some(({ state }) => state === "waiting");
}

/** Where somebody has switched the workspace meanwhile, the job stops: its target is not of that one. */
function depsFor({ targetId }: Job, { outbox, settings }: PanelWorld, keep: JobDeps["keep"]): JobDeps {
	const target = settings.targets.find(({ id }) => id === targetId);
	const withBody = target?.mapping.some(({ from }) => from === "body") ?? false;
	const request = { subject: { of: "page" as const }, withBody };
	return {
		mayRead,
		readTab: (tabId, url) => captureTab(tabId, request, url),
		readPage: (url) => ask("pages.readAside", { url, withBody }).catch(() => ({ failed: "no-answer" as const })),
		save: async (capture) => {
			const aims = aimsFor(await outbox.byUrl(normalUrl(capture.source.url)), [targetId]);
			const before = aims[0]?.recordId ? await outbox.get(aims[0].recordId) : undefined;
			const update = before ? updateOf(capture, before) : capture;
			const [sent] = await outbox.send({ ...update, targetId }, aims);
			// What was edited alone is left as it is: it is there.
			return sent?.record.id ?? aims[0]?.recordId ?? "";
		},
		keep,
	};
}
