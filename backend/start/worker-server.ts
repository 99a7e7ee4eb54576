import type { ReadingDeps } from "../api/metrics/readings.ts";
import { createReadings } from "../api/metrics/readings.ts";
import { metrics, metricsContentType } from "../telemetry/metrics.ts";

/**
 * What a worker by itself answers (`--role worker` with `SHEAF_WORKER_PORT`): whether it is there, whether it can work, and its figures.
 * Nothing else, and to nobody by default. Returns the stop.
 */
export function serveWorker(deps: ReadingDeps, { host, port }: { host: string; port: number }): () => Promise<void> {
	const readings = createReadings(deps);
	const answers: Readonly<Record<string, () => Promise<Response>>> = {
		"/healthz": async () => Response.json({ status: "ok" }),
		"/readyz": async () =>
			await deps.database.ping().then(
				() => Response.json({ status: "ready" }),
				() => new Response(null, { status: 503, headers: { "retry-after": "1" } }),
			),
		"/metrics": async () =>
			new Response(metrics.text(await readings()), { headers: { "content-type": metricsContentType } }),
	};
	const server = Bun.serve({
		hostname: host,
		port,
		reusePort: false,
		fetch: async ({ method, url }) => {
			const answer = method === "GET" ? answers[new URL(url).pathname] : undefined;
			return (await answer?.()) ?? new Response(null, { status: 404 });
		},
	});
	return () => server.stop(true);
}
