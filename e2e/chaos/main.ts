/**
 * `npm run chaos -- [--iterations N] [--only text]`: every fault N times against one browser, backend and table, and what
 * was left behind: fault → iterations → lost → doubled → p95 recovery; then two API processes and two workers of which one each is
 * killed N times under load (`--only processes` for that alone). Ends with 1 when anything was lost or doubled or a promise broken.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Crowd } from "../../backend/start/test-crowd.ts";
import { playCrowd } from "../../backend/start/test-crowd-play.ts";
import { launchBrowser } from "../support/browser.ts";
import { exitOnSignals } from "../support/child-process.ts";
import { ensureTestPrograms } from "../support/find-browser.ts";
import { testResults } from "../support/paths.ts";
import { connectTarget, signUp } from "../support/person.ts";
import { installed, runCommand } from "../support/run-command.ts";
import { openStand, type Stand } from "../support/stand.ts";
import { startPostgres } from "../support/start-postgres.ts";
import { makeTestBase } from "../support/test-base.ts";
import { airtableFaults } from "./airtable-faults.ts";
import { backendFaults } from "./backend-faults.ts";
import { browserFaults, browserKilled } from "./browser-faults.ts";
import type { Fault, Scene } from "./fault.ts";
import { networkFaults } from "./network-faults.ts";
import { playRound } from "./round.ts";

type Line = { fault: string; iterations: number; lost: number; doubled: number; p95RecoveryMs: number };

const { values } = parseArgs({ options: { iterations: { type: "string", default: "3" }, only: { type: "string" } } });
const iterations = Number(values.iterations);
const faults = [...networkFaults, ...backendFaults, ...airtableFaults, ...browserFaults, browserKilled].filter(
	({ name }) => values.only === undefined || name.includes(values.only),
);

async function openScene(stand: Stand): Promise<Scene> {
	await stand.clear();
	const browser = await launchBrowser({ serverUrl: stand.proxy.url });
	const person = await signUp(browser, stand.backend.url);
	const base = await makeTestBase(stand.simulator);
	await connectTarget(person, base);
	return { stand, browser, person, base };
}

async function play(fault: Fault, stand: Stand): Promise<Line> {
	const scene = await openScene(stand);
	const line = { fault: fault.name, iterations: 0, lost: 0, doubled: 0, p95RecoveryMs: 0 };
	const recoveries: number[] = [];
	while (line.iterations < iterations) {
		const { lost, doubled, recoveryMs } = await playRound(fault, scene);
		line.iterations += 1;
		line.lost += lost.length;
		line.doubled += doubled.length;
		recoveries.push(recoveryMs);
	}
	await scene.browser.close();
	scene.browser.removeProfile();
	line.p95RecoveryMs = Math.round(percentile95(recoveries));
	return line;
}

function percentile95(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
}

/** @returns the promises that did not hold */
async function playProcesses(): Promise<string[]> {
	const crowd = await Crowd.start();
	const { broken, kills, records } = await playCrowd(crowd, { people: 4, strikes: iterations, batchesBetween: 12 });
	await crowd.close();
	console.log(`processes killed → ${kills} times → ${records} records → ${broken.length} promises broken`);
	for (const line of broken) console.log(`    ${line}`);
	return broken;
}

exitOnSignals();
await ensureTestPrograms();
const broken = "processes".includes(values.only ?? "processes") ? await playProcesses() : [];
if (values.only === "processes") process.exit(broken.length === 0 ? 0 : 1);
const built = await runCommand([installed("wxt"), "build"]);
if (built.code !== 0) throw new Error(`The extension could not be built:\n${built.output}`);
const stopPostgres = await startPostgres();
const stand = await openStand("chaos");
const lines: Line[] = [];
for (const fault of faults) {
	const line = await play(fault, stand);
	lines.push(line);
	console.log(
		`${line.fault} → ${line.iterations} times → ${line.lost} lost → ${line.doubled} doubled → p95 recovery ${line.p95RecoveryMs} ms`,
	);
}
await stand.stop();
await stopPostgres();
mkdirSync(testResults, { recursive: true });
writeFileSync(`${testResults}/chaos.json`, `${JSON.stringify(lines, null, "\t")}\n`);
const harm = lines.reduce((sum, line) => sum + line.lost + line.doubled, 0);
console.log(`${lines.length} faults, ${lines.length * iterations} strikes, ${harm} records lost or doubled`);
process.exit(harm === 0 && broken.length === 0 && lines.length > 0 ? 0 : 1);
