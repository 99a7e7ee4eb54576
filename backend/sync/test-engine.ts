import type { RecordView } from "../contract/records.ts";
import type { Operation, OperationResult } from "../contract/writes.ts";
import type { Database } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import type { TestDatabase } from "../db/test-database.ts";
import { acceptWrites } from "../records/accept-writes.ts";
import { getRecord } from "../records/list-records.ts";
import { deliverLane } from "./deliver-lane.ts";
import type { EngineDeps } from "./engine-deps.ts";
import { createTestConnector, type TestConnector } from "./test-connector.ts";

export type TestEngine = {
	provider: TestConnector;
	deps: EngineDeps & { database: Database };
	rung: { workspaceId: string; lane: string }[];
	write(principal: Principal, operations: Operation[]): Promise<OperationResult[]>;
	/** Runs one job of the lane, as a worker would. */
	deliver(principal: Principal, lane: string): Promise<void>;
	record(principal: Principal, id: string): Promise<RecordView>;
	/** Makes what was accepted a backlog, which nobody is likely to undo. */
	age(principal: Principal): Promise<void>;
	/** Makes what rests due now, so that no test waits for a back-off. */
	makeDue(principal: Principal): Promise<void>;
};

/** The engine on a real database with a scripted provider; nothing is rung by itself. */
export function createTestEngine({ database }: TestDatabase, provider = createTestConnector()): TestEngine {
	const rung: TestEngine["rung"] = [];
	const silent = () => undefined;
	const deps: TestEngine["deps"] = {
		database,
		vault: { open: async () => ({ token: "good" }), seal: async () => "sealed" },
		connectors: new Map([[provider.connector.manifest.id, provider.connector]]),
		// The scripted provider is in memory: what leaves for it is answered, so that its pace is the real one.
		http: async () => ({ kind: "answered", status: 200, headers: new Headers(), text: "" }),
		ring: async (lane) => void rung.push(lane),
		log: { debug: silent, info: silent, warn: silent, error: silent },
	};
	return {
		provider,
		deps,
		rung,
		write: (principal, operations) => acceptWrites(deps, principal, operations),
		deliver: async ({ workspaceId }, lane) => {
			await deliverLane(deps, { workspaceId, lane }, new AbortController().signal);
		},
		record: (principal, id) => getRecord(deps, principal, id),
		age: async (principal) => {
			await database.asTenant(principal, async (sql) => {
				await sql`update sheaf.deliveries set accepted_at = now() - interval '1 hour'`;
			});
		},
		makeDue: async (principal) => {
			await database.asTenant(principal, async (sql) => {
				await sql`update sheaf.deliveries set next_attempt_at = now()
					where state = 'pending' and next_attempt_at < 'infinity'`;
			});
			await database.asService("a test ends a penalty", async (sql) => {
				await sql`update sheaf.provider_budgets set blocked_until = '-infinity', next_free_at = now()`;
			});
		},
	};
}
