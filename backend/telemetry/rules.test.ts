import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { counters, gauges, histograms } from "./metric-catalogue.ts";

const fileIn = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

type Rules = { groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[] };
const rules = (parse(readFileSync(fileIn("alerts.yml"), "utf8")) as Rules).groups.flatMap((group) => group.rules);

type Dashboard = { panels: { id: number; title: string; targets: { expr: string; legendFormat: string }[] }[] };
const { panels } = JSON.parse(readFileSync(fileIn("dashboard.json"), "utf8")) as Dashboard;

async function promtool(...command: string[]): Promise<{ code: number; output: string }> {
	const child = Bun.spawn(["promtool", ...command], { stdout: "pipe", stderr: "pipe" });
	const output = (await new Response(child.stdout).text()) + (await new Response(child.stderr).text());
	return { code: await child.exited, output };
}

/** The name under which each series of the catalogue is asked for, and the labels it has. */
const series = new Map<string, readonly string[]>([
	...Object.entries({ ...counters, ...gauges }).map(([name, { labels }]) => [name, labels] as const),
	...Object.entries(histograms).flatMap(([name, { labels }]) =>
		(["_bucket", "_sum", "_count"] as const).map((part) => [name + part, [...labels, "le"]] as const),
	),
]);

/** What Prometheus itself adds to every series. */
const scraped = ["instance", "job"];

test("OBS-2: promtool accepts the alert rules", async () => {
	const { code, output } = await promtool("check", "rules", fileIn("alerts.yml"));
	expect(output).toContain("SUCCESS");
	expect(code).toBe(0);
});

test("OBS-2: each alert fires on what it is for and is silent in a quiet hour", async () => {
	const { code, output } = await promtool("test", "rules", fileIn("alerts.test.yml"));
	expect(output).toContain("SUCCESS");
	expect(code).toBe(0);
	const played = readFileSync(fileIn("alerts.test.yml"), "utf8");
	for (const { alert } of rules) expect(played.split(alert).length, alert).toBe(3);
});

test("OBS-2: alerts and dashboard name no figure and no label that /metrics does not have", () => {
	const expressions = [
		...rules.map(({ expr }) => expr),
		...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
	];
	expect(expressions.length).toBeGreaterThan(25);
	for (const expr of expressions) {
		const names = expr.match(/\b(?:sheaf|process)_[a-z_]+/g) ?? [];
		expect(
			names.filter((name) => !series.has(name)),
			expr,
		).toEqual([]);
		if (names.length === 0) expect(expr).toBe('up{job="sheaf"} < 1');
		const known = new Set([...names.flatMap((name) => series.get(name) ?? []), ...scraped]);
		const asked = [...expr.matchAll(/([a-z_]+)(?:!?=~?)"/g), ...expr.matchAll(/(?:by|on) \(([a-z_, ]+)\)/g)];
		const labels = asked.flatMap(([, list = ""]) => list.split(/,\s*/));
		expect(
			labels.filter((label) => !known.has(label)),
			expr,
		).toEqual([]);
	}
});

test("OBS-2: what the operator is to be told of has a rule, and every rule says what it means and what to do", () => {
	const told = rules.map(({ expr }) => expr).join("\n");
	for (const name of [
		"sheaf_auth_attempts_total",
		"sheaf_refreshes_total",
		"sheaf_dependency_up",
		"sheaf_pool_transactions",
		"sheaf_tenant_transaction_seconds_bucket",
		"sheaf_live_streams",
		"sheaf_stuck_lanes",
	]) {
		expect(told).toContain(name);
	}
	for (const { alert, annotations } of rules) {
		expect(annotations["summary"], alert).toBeTruthy();
		expect(annotations["runbook"], alert).toBeTruthy();
	}
});

test("OBS-2: every figure of Sheaf's own is on the dashboard", () => {
	const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join("\n");
	const missing = Object.keys({ ...counters, ...histograms, ...gauges }).filter((name) => !shown.includes(name));
	expect(missing).toEqual([]);
	expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});
