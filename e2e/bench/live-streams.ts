import { listenForever } from "../../backend/db/listen.ts";
import type { Principal } from "../../backend/db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../../backend/db/test-database.ts";
import { createTestTenant } from "../../backend/db/test-tenant.ts";
import { createLive, type Live } from "../../backend/live/live.ts";
import { createLog } from "../../backend/telemetry/log.ts";
import { type Figure, figure, type Measurement, median } from "./figure.ts";

const idleStreams = 2_000;
const listeners = 100;
const changes = 40;
/** LIVE-1: within a second. */
const latencyGoalMs = 1_000;

/** What an idle stream holds, and how long a commit takes to reach a hundred members of its workspace, beside a bare LISTEN. */
export const liveStreams: Measurement = {
	name: "live-streams",
	measure: async (): Promise<Figure[]> => {
		const fixture = await createTestDatabase();
		const live = createLive({
			databaseUrl: fixture.url,
			databaseKey: fixture.databaseKey,
			asTenant: fixture.database.asTenant,
			log: createLog("silent"),
			maxStreams: idleStreams + listeners,
		});
		try {
			const told = await fanOut(fixture, live);
			return [...told, await memory(fixture, live)];
		} finally {
			await live.close();
			await fixture.close();
		}
	},
};

/** Somebody else's stream in a principal's workspace; people are limited, and these are many people. */
async function open(live: Live, principal: Principal) {
	const member = { ...principal, userId: crypto.randomUUID() };
	const expiresAt = Date.now() + 3_600_000;
	return await live.open({ principal: member, standing: async () => member, expiresAt, cursor: null });
}

/** Over real sockets, both ends of which are in this process: what a stream costs the server is less. */
async function memory(fixture: TestDatabase, live: Live): Promise<Figure> {
	const principal = await createTestTenant(fixture.database);
	const server = Bun.serve({ port: 0, idleTimeout: 30, fetch: async () => new Response(await open(live, principal)) });
	const address = { hostname: "127.0.0.1", port: server.port ?? 0 };
	const connect = async () => {
		const ready = Promise.withResolvers<void>();
		const data = (_: unknown, bytes: Buffer) => {
			if (bytes.includes("event: ready")) ready.resolve();
		};
		const socket = await Bun.connect({ ...address, socket: { data, error: (_, error) => ready.reject(error) } });
		socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
		await ready.promise;
		return socket;
	};
	const before = settledBytes();
	const sockets = [];
	for (let made = 0; made < idleStreams; made += 100) {
		sockets.push(...(await Promise.all(Array.from({ length: 100 }, connect))));
	}
	const after = settledBytes();
	for (const socket of sockets) socket.end();
	await server.stop(true);
	const title = `Memory of one of ${idleStreams} idle streams, with both ends of its socket`;
	return figure({
		id: "live-stream-memory",
		title,
		unit: "kB",
		rounds: [(after - before) / idleStreams / 1_000],
		goal: { atMost: 50 },
	});
}

function settledBytes(): number {
	Bun.gc(true);
	return process.memoryUsage.rss();
}

async function fanOut(fixture: TestDatabase, live: Live): Promise<Figure[]> {
	const principal = await createTestTenant(fixture.database);
	const bodies = await Promise.all(Array.from({ length: listeners }, () => open(live, principal)));
	const readers = bodies.map((body) => body.getReader());
	await Promise.all(readers.map((reader) => reader.read()));
	let heard = Promise.withResolvers<void>();
	const bare = listenForever({
		...fixture,
		databaseUrl: fixture.url,
		channels: { sheaf_changes: () => heard.resolve() },
		onReconnect: () => undefined,
		onError: () => undefined,
	});
	await bare.ready();
	const [ours, theirs]: [number[], number[]] = [[], []];
	for (let made = 0; made < changes; made += 1) {
		heard = Promise.withResolvers<void>();
		await fixture.database.asTenant(principal, async (sql) => {
			await sql`
				insert into sheaf.records (id, kind, version, captured_at, source, fields, content_hash)
				values (${Bun.randomUUIDv7()}, 'page', 1, now(), '{}', '{}', '\\x00')`;
		});
		const committed = performance.now();
		const rung = heard.promise.then(() => theirs.push(performance.now() - committed));
		await Promise.all([rung, ...readers.map((reader) => reader.read())]);
		ours.push(performance.now() - committed);
	}
	await bare.close();
	await Promise.all(readers.map((reader) => reader.cancel()));
	const p95 = [...ours].sort((a, b) => a - b)[Math.floor(changes * 0.95)] ?? Number.NaN;
	const details = { "median, ms": Math.round(median(ours)), "bare LISTEN, ms": Math.round(median(theirs) * 10) / 10 };
	const title = `From a commit until the last of ${listeners} members is told, 95th percentile`;
	return [figure({ id: "live-fan-out", title, unit: "ms", rounds: [p95], goal: { atMost: latencyGoalMs }, details })];
}
