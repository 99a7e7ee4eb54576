import { once } from "node:events";
import { createServer } from "node:net";
import type { AnyElysia } from "elysia";
import { StartError } from "../errors.ts";

const graceMs = 5_000;

/**
 * Asks before anything else is started, so that the answer comes at once.
 *
 * @throws StartError with what to do, when the port is taken
 */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
	const probe = createServer().listen(port, host);
	try {
		await once(probe, "listening");
	} catch {
		throw new StartError(`Port ${port} is taken: stop what listens there, or set SHEAF_PORT to a free one.`);
	}
	probe.close();
	await once(probe, "close");
}

/** Serves on one interface. Returns the stop: no new requests, those under way get 5 s. */
export function listen(app: AnyElysia, { port, host }: { port: number; host: string }): () => Promise<void> {
	// Elysia shares ports by default: a second process would silently get half of the requests.
	app.listen({ port, hostname: host, reusePort: false });
	return async () => {
		const finished = Promise.resolve(app.server?.stop(false));
		await Promise.race([finished, Bun.sleep(graceMs)]);
		await app.stop(true);
	};
}
