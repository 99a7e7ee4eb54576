import { useEffect } from "preact/hooks";
import type { BulkStart, BulkView } from "../../../../backend/contract/bulk.ts";
import { ask } from "../../../messages/ask.ts";
import { useNews } from "../../local/live.ts";
import { useWorld } from "../context.ts";
import { useRemote } from "../use-remote.ts";

/** A finished one is shown until it is hidden or this old, so that whoever comes back finds what became of it. */
const shownForMs = 3_600_000;

export type Bulk = {
	/** Those under way, and those that ended lately; the newest first. */
	operations: readonly BulkView[];
	start(body: BulkStart): Promise<void>;
	stop(id: string): Promise<void>;
};

/**
 * What is being done to many records of this workspace, followed while it is under way. The server does it: a page that is closed loses
 * nothing, and one that is opened shows how far it is.
 */
export function useBulk(): Bulk {
	const { client, outbox, settings, online, feed } = useWorld();
	const { account } = settings;
	const key = account && online ? `${account.userId} ${account.workspaceId}` : null;
	const [remote, reload] = useRemote(key, () => client.bulkOperations());
	const all = remote.state === "ready" ? remote.value : [];
	const operations = all.filter(isLately);
	// Records too: what was handed over is there when they say so.
	const moving = operations.some(isUnderWay);
	useNews(feed, (news) => news === null || moving || news.lists.includes("bulk_operations"), reload);
	// This device's copies follow: what was handed over, sent, moved or deleted since the last look.
	const news = operations
		.map(({ id, done, outcome }) => `${id} ${done} ${outcome.delivered} ${outcome.waiting}`)
		.join();
	useEffect(() => {
		if (news === "") return;
		void ask("records.refresh", {}).catch(() => undefined);
		// Without an answer the copies stay as they were; the next look asks again.
		void outbox.catchUp(client).catch(() => undefined);
	}, [news]);
	return {
		operations,
		start: async (body) => {
			await client.startBulk(body);
			await reload();
		},
		stop: async (id) => {
			await client.stopBulk(id);
			await reload();
		},
	};
}

/** Handed over is not there yet: it is followed until nothing is on its way. */
function isUnderWay({ status, outcome }: BulkView): boolean {
	return status === "running" || outcome.waiting > 0;
}

function isLately(operation: BulkView): boolean {
	const { status, finishedAt } = operation;
	return status === "running" || (finishedAt !== null && Date.now() - Date.parse(finishedAt) < shownForMs);
}
