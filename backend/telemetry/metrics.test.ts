import { expect, test } from "bun:test";
import { createMetrics } from "./metrics.ts";

const linesOf = (text: string, name: string) => text.split("\n").filter((line) => line.startsWith(name));

test("OBS-2: counters, histograms and gauges are text that promtool accepts", async () => {
	const metrics = createMetrics();
	metrics.count("sheaf_http_requests_total", { status: "2xx" });
	metrics.observe("sheaf_flush_seconds", {}, 0.03);
	metrics.observe("sheaf_provider_seconds", { provider: "airtable" }, 30);
	metrics.set("sheaf_pool_transactions", { pool: "api" }, 3);
	metrics.set("sheaf_live_streams", {}, 2);
	const text = metrics.text([
		{ name: "sheaf_queue_jobs", samples: [{ labels: { queue: "q", state: "active" }, value: 4 }] },
	]);
	const promtool = Bun.spawn(["promtool", "check", "metrics"], {
		stdin: Buffer.from(text),
		stdout: "pipe",
		stderr: "pipe",
	});
	expect(await new Response(promtool.stderr).text()).toBe("");
	expect(await promtool.exited).toBe(0);
	expect(linesOf(text, "sheaf_http_requests_total")).toEqual(['sheaf_http_requests_total{status="2xx"} 1']);
	expect(linesOf(text, "sheaf_queue_jobs")).toEqual(['sheaf_queue_jobs{queue="q",state="active"} 4']);
	expect(linesOf(text, "sheaf_pool_transactions")).toEqual(['sheaf_pool_transactions{pool="api"} 3']);
});

test("OBS-2: a bucket counts everything up to its bound", () => {
	const metrics = createMetrics();
	for (const seconds of [0.003, 0.03, 99]) metrics.observe("sheaf_flush_seconds", {}, seconds);
	const text = metrics.text();
	expect(text).toContain('sheaf_flush_seconds_bucket{le="0.005"} 1\n');
	expect(text).toContain('sheaf_flush_seconds_bucket{le="0.05"} 2\n');
	expect(text).toContain('sheaf_flush_seconds_bucket{le="10"} 2\n');
	expect(text).toContain('sheaf_flush_seconds_bucket{le="+Inf"} 3\n');
	expect(text).toContain("sheaf_flush_seconds_count 3\n");
	expect(text).toContain("sheaf_flush_seconds_sum 99.033\n");
});

test("OBS-2: a label that is not bounded loses its detail, and no figure", () => {
	const metrics = createMetrics();
	for (let each = 0; each < 1_000; each += 1) metrics.count("sheaf_refusals_total", { code: `made-up-${each}` });
	const lines = linesOf(metrics.text(), "sheaf_refusals_total");
	expect(lines.length).toBeLessThanOrEqual(201);
	expect(lines).toContain('sheaf_refusals_total{code="other"} 800');
});

test("OBS-2: a label's value cannot end its line", () => {
	const metrics = createMetrics();
	metrics.count("sheaf_refusals_total", { code: 'a"\n\\b' });
	expect(linesOf(metrics.text(), "sheaf_refusals_total")).toEqual(['sheaf_refusals_total{code="a\\"\\n\\\\b"} 1']);
});
