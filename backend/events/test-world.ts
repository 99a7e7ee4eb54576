import type { HttpRequest, HttpResponse } from "../connectors/connector.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import type { Principal } from "../db/principal.ts";
import type { TestDatabase } from "../db/test-database.ts";
import { createVault } from "../vault/vault.ts";
import { deliverEvents, type EventDeps } from "./deliver-events.ts";
import type { HookDeps } from "./event-deps.ts";

/** The room with a real database, and the guarded way out to receivers on this machine; nothing is rung by itself. */
export type TestWorld = {
	deps: HookDeps & EventDeps;
	/** Addresses that may be asked although they are on this machine. */
	allow(url: string): void;
	/** Comes before every request: an answer stands for the receiver's. */
	instead: (request: HttpRequest) => HttpResponse | null;
	/** One job of a hook, as a worker would run it. */
	deliver(principal: Principal, hookId: string): Promise<void>;
	/** Makes what rests due now, so that no test waits for a back-off. */
	makeDue(principal: Principal): Promise<void>;
	/** What the deliveries to a hook look like. */
	deliveries(principal: Principal, hookId: string): Promise<readonly Delivery[]>;
};

export type Delivery = { eventId: string; state: string; attempts: number; answer: string | null; type: string };

export function createTestWorld({ database }: TestDatabase): TestWorld {
	const allowedOrigins: string[] = [];
	const world: TestWorld = {
		deps: {
			database,
			vault: createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]),
			http: async (request) => world.instead(request) ?? (await createGuardedHttp({ allowedOrigins })(request)),
		},
		allow: (url) => void allowedOrigins.push(url),
		instead: () => null,
		deliver: async ({ workspaceId }, hookId) => {
			await deliverEvents(world.deps, { workspaceId, hookId }, new AbortController().signal);
		},
		makeDue: async (principal) => {
			await database.asTenant(principal, async (sql) => {
				await sql`
					update sheaf.event_deliveries set next_attempt_at = now()
					where state = 'pending' and next_attempt_at < 'infinity'`;
			});
		},
		deliveries: async (principal, hookId) =>
			await database.asTenant(
				principal,
				async (sql) =>
					await sql<Delivery[]>`
					select d.event_id, d.state, d.attempts, d.last_answer as answer, e.type
					from sheaf.event_deliveries d join sheaf.events e on e.workspace_id = d.workspace_id and e.id = d.event_id
					where d.hook_id = ${hookId} order by d.event_id`,
			),
	};
	return world;
}
