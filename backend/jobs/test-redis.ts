import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../embedded/cluster.ts";

export type TestRedis = { url: string; close(): Promise<void> };

/**
 * A Redis of its own on a free loopback port, from `redis-server` on the PATH. The shell between ends it when the pipe to us
 * closes, so that none is left behind, however this process ends.
 */
export async function startTestRedis(): Promise<TestRedis> {
	const port = await freePort();
	const directory = await mkdtemp(join(tmpdir(), "sheaf-redis-"));
	const script = `exec 3<&0; "$@" <&- & s=$!; { while read -r _; do :; done; kill "$s"; } <&3 & w=$!; wait "$s"; kill "$w" 2>/dev/null`;
	const server = ["redis-server", "--bind", "127.0.0.1", "--port", String(port), "--save", "", "--dir", directory];
	const child = spawn("/bin/sh", ["-c", script, "sheaf-redis", ...server], { stdio: ["pipe", "ignore", "inherit"] });
	const url = `redis://127.0.0.1:${port}`;
	await untilAnswering(url);
	return {
		url,
		close: async () => {
			const ended = once(child, "exit");
			child.stdin?.end();
			await ended;
			await rm(directory, { recursive: true, force: true });
		},
	};
}

async function untilAnswering(url: string): Promise<void> {
	const client = new Redis(url, { lazyConnect: true, retryStrategy: (attempt) => (attempt < 200 ? 25 : null) });
	client.on("error", () => undefined);
	try {
		while ((await client.ping().catch(() => "no")) !== "PONG") await delay(20);
	} finally {
		client.disconnect();
	}
}
