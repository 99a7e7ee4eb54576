import type { Operation, OperationResult } from "../../../../backend/contract/writes.ts";
import { againAfterDeadlock } from "../../../../backend/db/deadlock.ts";
import { acceptWrites } from "../../../../backend/records/accept-writes.ts";
import { testDelete, testPut } from "../../../../backend/records/test-operations.ts";
import { seededRandom } from "../compare.ts";
import { idOf, ownerOf } from "../population.ts";
import type { Side } from "../side.ts";

/** What the server has answered `stored` to: the last version of each record, or null for one that was removed. */
export type Ledger = Map<string, { workspace: number; version: number | null }>;

export type Writers = {
	/** How many operations were answered until now. */
	answered(): number;
	/** @throws what a writer met: nobody may notice that a table moves */
	stop(): Promise<Ledger>;
};

const operationsPerBatch = 5;

/** People who put, change and remove records through the backend's own function, each in a workspace of their own. */
export function startWriters(side: Side, workspaces: readonly number[]): Writers {
	const ledger: Ledger = new Map();
	const state = { stopping: false, answered: 0 };
	const writing = workspaces.map(async (workspace) => {
		const random = seededRandom(workspace + 1);
		while (!state.stopping) {
			const operations = Array.from({ length: operationsPerBatch }, () => nextOperation(ledger, workspace, random));
			const results = await againAfterDeadlock(() => acceptWrites(deps(side), ownerOf(workspace), operations));
			note(ledger, { workspace, operations, results });
			state.answered += results.length;
		}
	});
	const all = Promise.all(writing);
	// Told by `stop`; until then a writer that failed is no unhandled rejection.
	all.catch(() => undefined);
	return {
		answered: () => state.answered,
		stop: async () => {
			state.stopping = true;
			await all;
			return ledger;
		},
	};
}

const deps = (side: Side) => ({
	database: side.database,
	connectors: new Map(),
	ring: async () => undefined,
	log: { warn: () => undefined },
});

/** Three of five are new, one changes and one removes what this writer has put. */
function nextOperation(ledger: Ledger, workspace: number, random: () => number): Operation {
	const die = random();
	const targetId = idOf("target", workspace);
	const own = [...ledger].filter(([, entry]) => entry.workspace === workspace && entry.version !== null);
	const [recordId, entry] = own[Math.floor(random() * own.length)] ?? [];
	if (die < 0.6 || recordId === undefined || entry === undefined) return testPut({ targetId });
	if (die < 0.8) return testPut({ targetId, recordId, version: (entry.version ?? 0) + 1, title: "Changed" });
	return testDelete(recordId);
}

type Answered = { workspace: number; operations: readonly Operation[]; results: readonly OperationResult[] };

function note(ledger: Ledger, { workspace, operations, results }: Answered): void {
	for (const [index, operation] of operations.entries()) {
		if (results[index]?.status !== "stored") continue;
		const id = operation.kind === "record.put" ? operation.record.id : operation.recordId;
		ledger.set(id, { workspace, version: operation.kind === "record.put" ? operation.record.version : null });
	}
}
