import type { Queue } from "bullmq";
import type { Logger } from "pino";
import type { GuardedHttp } from "../connectors/connector.ts";
import type { ConnectorRegistry } from "../connectors/registry.ts";
import type { Database } from "../db/connect.ts";
import type { Vault } from "../vault/vault.ts";
import type { QueueStore } from "./queue.ts";
import { createRing, type Ring } from "./ring.ts";

export type JobDeps = {
	store: QueueStore;
	database: Database;
	vault: Vault;
	connectors: ConnectorRegistry;
	http: GuardedHttp;
	log: Logger;
};

export type Jobs = {
	ring: Ring;
	/** For the operators' dashboard. */
	queues: readonly Queue[];
	/** Starts the workers and the sweep of this process. Returns what stops them. */
	work(): () => Promise<void>;
	close(): Promise<void>;
};

/** Every job of Sheaf, one entry each. */
export function openJobs({ store, log }: JobDeps): Jobs {
	const lanes = store.openQueue("deliver-lane");
	return {
		ring: createRing(lanes, log),
		queues: [lanes],
		work: () => async () => undefined,
		close: () => lanes.close(),
	};
}
