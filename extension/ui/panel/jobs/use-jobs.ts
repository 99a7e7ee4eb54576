import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { captureTab } from "../../../background/capture-tab.ts";
import { normalUrl } from "../../../capture/normal-url.ts";
import { ask } from "../../../messages/ask.ts";
import { webLocks } from "../../../messages/one-at-a-time.ts";
import { type Job, type JobRow, type JobStore, openJobs, type WholeJob } from "../../../outbox/job-database.ts";
import { readDeviceId } from "../../../settings/device-id.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { aimsFor } from "../../popup/editor.ts";
import { mayRead } from "../host-access.ts";
import type { PanelWorld } from "../panel.tsx";
import { type Carrying, carryJobs, type DuePage } from "./carry-jobs.ts";
import { type PageDeps, savePage, updateOf } from "./save-page.ts";

/** A page of a job before it is begun. */
export type NewPage = Pick<JobRow, "url" | "title" | "tabId">;

/** The person's jobs, carried on while a panel is open: one panel works at a time, every panel shows and may stop them. */
export function useJobs(world: PanelWorld) {
	const { jobs, store, carrying, reload } = useCarrying(world);
	const workspaceId = world.settings.account?.workspaceId ?? "";
	const afterwards = async (change: Promise<void> | undefined) => {
		await change;
		await reload();
		void carrying.current?.carryOn();
	};
	return {
		jobs,
		start: async (of: Job["of"], pages: readonly NewPage[], targetId: string | null) => {
			const job = { id: crypto.randomUUID(), of, targetId, workspaceId, stopped: false, createdAt: Date.now() };
			const rest = { jobId: job.id, state: "waiting", reason: null, recordId: null } as const;
			const rows = pages.map(({ url, title, tabId }, place) => ({ url, title, tabId, ...rest, place }));
			await afterwards(store.current?.create(job, rows));
		},
		stop: (jobId: string) => afterwards(store.current?.setStopped(jobId, true)),
		goOn: (jobId: string) => afterwards(store.current?.setStopped(jobId, false)),
		retry: (jobId: string) => afterwards(store.current?.retry(jobId)),
		remove: (jobId: string) => afterwards(store.current?.remove(jobId)),
	};
}

export type JobsHandle = ReturnType<typeof useJobs>;

/** Opens the person's jobs and carries them on. */
function useCarrying(world: PanelWorld) {
	const userId = world.settings.account?.userId ?? null;
	const workspaceId = world.settings.account?.workspaceId ?? "";
	const [jobs, setJobs] = useState<readonly WholeJob[] | null>(null);
	const store = useRef<JobStore | null>(null);
	const carrying = useRef<Carrying | null>(null);
	const latest = useRef(world);
	latest.current = world;

	const reload = useCallback(async () => {
		const found = (await store.current?.all().catch(() => null)) ?? [];
		if (store.current) setJobs(found.filter(({ job }) => job.workspaceId === workspaceId));
	}, [workspaceId]);

	useEffect(() => {
		let left = false;
		let close: () => void = () => undefined;
		const open = async () => {
			const opened = await openJobs({ userId, deviceId: await readDeviceId() });
			if (left) return opened.close();
			const save = ({ job, row }: DuePage) => savePage(row, depsFor(job, latest.current));
			const onKept = () => {
				askFlush();
				void reload();
			};
			const lock = `sheaf/jobs/${userId}`;
			const carried = carryJobs({ locks: webLocks, lock, store: opened, workspaceId, save, onKept });
			store.current = opened;
			carrying.current = carried;
			// Not before the page at hand is noted: it would be read and saved once more.
			close = () => void carried.end().then(() => opened.close());
			await reload();
			void carried.carryOn();
		};
		open().catch(() => setJobs([]));
		return () => {
			left = true;
			close();
			store.current = null;
			carrying.current = null;
		};
	}, [userId, workspaceId, reload]);
	// A panel of another window may be the one that works, or may have been: what it saves is heard of here.
	const hear = () => {
		void reload();
		void carrying.current?.heard();
	};
	useEffect(() => world.outbox.onChange(hear), [world.outbox, reload]);
	return { jobs, store, carrying, reload };
}

/** Where somebody has switched the workspace meanwhile, the job stops: its target is not of that one. */
function depsFor({ targetId }: Job, { outbox, settings }: PanelWorld): PageDeps {
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
	};
}
