import { Elysia } from "elysia";
import { metricsContentType } from "../../telemetry/metrics.ts";
import type { RouteDeps } from "../app-deps.ts";
import { createReadings } from "./readings.ts";

/** What this process has answered and what waits in the queue, for Prometheus (OBS-2). Counts only, over all tenants. */
export function getMetrics({ metrics, ...deps }: RouteDeps) {
	const readings = createReadings(deps);
	return new Elysia().get(
		"/metrics",
		async ({ set }) => {
			set.headers["content-type"] = metricsContentType;
			return metrics.text(await readings());
		},
		{ detail: { tags: ["health"], summary: "Figures in Prometheus' text format" } },
	);
}
