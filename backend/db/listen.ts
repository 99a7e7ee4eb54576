import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { roleUrl } from "./roles.ts";

/** Doorbells of PostgreSQL, by channel. A payload is an id: every role hears every notification, so nothing else may be in one. */
export type Listener = {
	/** Resolves when notifications of commits from now on are heard. */
	ready(): Promise<void>;
	close(): Promise<void>;
};

export type ListenSettings = {
	databaseUrl: string;
	databaseKey: string;
	channels: Readonly<Record<string, (payload: string) => void>>;
	/** Each time the connection is there again after it broke: what was rung meanwhile nobody heard. */
	onReconnect: () => void;
	onError: (error: Error) => void;
};

/** As every pool: a restarted server is noticed within a second (promise I6). */
const longestPauseMs = 1_000;

/**
 * One connection that listens for as long as it is wanted, whatever becomes of the server meanwhile. With the driver that tells when a
 * connection ends: postgres.js listens again by itself once, and when the server is not back by then, never.
 */
export function listenForever(settings: ListenSettings): Listener {
	const stopping = new AbortController();
	let client: Client | null = null;
	let heard = Promise.withResolvers<void>();
	let connected = 0;
	const run = async (): Promise<void> => {
		for (let failures = 0; !stopping.signal.aborted; failures += 1) {
			try {
				client = await connect(settings);
				failures = 0;
				connected += 1;
				heard.resolve();
				if (connected > 1) settings.onReconnect();
				await ended(client, stopping.signal);
			} catch (error) {
				if (!stopping.signal.aborted) settings.onError(error instanceof Error ? error : new Error(String(error)));
			}
			if (connected > 0) heard = Promise.withResolvers<void>();
			await client?.end().catch(() => undefined);
			client = null;
			const pauseMs = Math.min(longestPauseMs, 100 * 2 ** failures);
			await delay(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		ready: () => heard.promise,
		close: async () => {
			stopping.abort();
			await running;
		},
	};
}

async function connect({ databaseUrl, databaseKey, channels }: ListenSettings): Promise<Client> {
	const client = new Client({
		connectionString: roleUrl(databaseUrl, databaseKey, "sheaf_api"),
		application_name: "sheaf_live",
		connectionTimeoutMillis: 5_000,
		keepAlive: true,
	});
	// Told by the end of the connection too; without a listener Node would take it for nobody's.
	client.on("error", () => undefined);
	client.on("notification", ({ channel, payload }) => channels[channel]?.(payload ?? ""));
	await client.connect();
	for (const channel of Object.keys(channels)) await client.query(`listen ${client.escapeIdentifier(channel)}`);
	return client;
}

async function ended(client: Client, stopping: AbortSignal): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	client.once("end", () => reject(new Error("The connection that listens has ended.")));
	stopping.addEventListener("abort", () => resolve(), { once: true });
	if (stopping.aborted) resolve();
	await promise;
}
