import type { BulkStart, BulkView } from "../contract/bulk.ts";
import type { Principal } from "../db/principal.ts";
import type { TestDatabase } from "../db/test-database.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { getBulk } from "./read-bulk.ts";
import { runBulk } from "./run-bulk.ts";
import { startBulk } from "./start-bulk.ts";

export type TestBulk = TestEngine & {
	start(principal: Principal, body: BulkStart): Promise<BulkView>;
	/** One job, as a ring would start it. */
	run(principal: Principal, operationId: string): Promise<void>;
	/** Jobs until it has ended; in between the engine is played: what is due counts as delivered. */
	finish(principal: Principal, operationId: string): Promise<BulkView>;
	/** Plays the engine: how many deliveries were due, and are delivered now. */
	playEngine(principal: Principal): Promise<number>;
	/** Puts deliveries of a target into a state, past the engine. */
	setState(principal: Principal, targetId: string, state: "needs_you" | "delivered"): Promise<void>;
	countByStatus(principal: Principal, targetId: string): Promise<Partial<Record<string, number>>>;
};

/** Bulk operations on a real database. */
export function createTestBulk(db: TestDatabase): TestBulk {
	const engine = createTestEngine(db);
	const { deps } = engine;
	const { asTenant } = db.database;
	const test: TestBulk = {
		...engine,
		start: (principal, body) => startBulk(deps, principal, body),
		run: ({ workspaceId }, operationId) => runBulk(deps, { workspaceId, operationId }, new AbortController().signal),
		finish: async (principal, operationId) => {
			for (;;) {
				await test.run(principal, operationId);
				const { failures: _failures, ...operation } = await getBulk(deps, principal, operationId);
				if (operation.status !== "running") return operation;
				await test.playEngine(principal);
			}
		},
		playEngine: async (principal) => {
			const settled = await asTenant(
				principal,
				(sql) => sql`
					update sheaf.deliveries set state = 'delivered', delivered_version = version, remote_id = record_id::text
					where state = 'pending' and next_attempt_at <= now()`,
			);
			return settled.count;
		},
		setState: async (principal, targetId, state) => {
			const problem = state === "delivered" ? null : JSON.stringify(refused);
			await asTenant(
				principal,
				(sql) => sql`
					update sheaf.deliveries set state = ${state}, problem = ${problem}::text::jsonb, next_attempt_at = 'infinity',
						remote_id = case when ${state} = 'delivered' then record_id::text else remote_id end
					where target_id = ${targetId}`,
			);
		},
		countByStatus: async (principal, targetId) => await countByStatus(db, principal, targetId),
	};
	return test;
}

async function countByStatus({ database }: TestDatabase, principal: Principal, targetId: string) {
	const rows = await database.asTenant(
		principal,
		(sql) => sql<{ state: string; count: number }[]>`
					select coalesce(d.state, 'none') as state, count(*)::integer as count
					from sheaf.records r
					left join lateral (
						select d.state from sheaf.deliveries d
						where d.workspace_id = r.workspace_id and d.target_id = r.target_id and d.record_id = r.id limit 1
					) d on true
					where r.workspace_id = (select sheaf.current_workspace()) and r.target_id = ${targetId} group by 1`,
	);
	return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

const refused = { code: "delivery/value-refused", message: "The column takes a number.", action: "retry" };

/** Records straight into the tables: ten thousand through the API's door would be a test of that. */
export async function fillTarget(
	{ database }: TestDatabase,
	principal: Principal,
	{ targetId, lane, count }: { targetId: string; lane: string; count: number },
): Promise<void> {
	await database.asTenant(principal, async (sql) => {
		await sql`
			with made as (
				insert into sheaf.records (id, kind, version, captured_at, source, fields, content_hash, target_id, match_key)
				select uuidv7(), 'bookmark', 1, timestamptz '2026-01-01' + n * interval '1 second',
					jsonb_build_object('url', 'https://example.test/' || n, 'title', 'Page ' || n),
					jsonb_build_object('url', jsonb_build_object('type', 'url', 'value', 'https://example.test/' || n),
						'title', jsonb_build_object('type', 'text', 'value', 'Page ' || n)),
					'\\x00', ${targetId}, '["https://example.test/' || n || '"]'
				from generate_series(1, ${count}::integer) n
				returning id, match_key
			)
			insert into sheaf.deliveries (target_id, record_id, lane, version, match_key)
			select ${targetId}, id, ${lane}, 1, match_key from made`;
	});
}
