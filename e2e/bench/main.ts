/** `npm run bench [-- --only name,name]`: measures, prints every round and a table, and fails when a goal is missed. */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { testResults } from "../support/paths.ts";
import { backlogCost } from "./backlog-cost.ts";
import { ensureExtensionIsBuilt } from "./built-extension.ts";
import { bulkGrid } from "./bulk-grid.ts";
import { captureGesture } from "./capture-gesture.ts";
import { deliveryRate } from "./delivery-rate.ts";
import { destinationRate } from "./destination-rate.ts";
import { extractionCost } from "./extraction-cost.ts";
import { extractionScore } from "./extraction-score.ts";
import { fairness } from "./fairness.ts";
import { type Figure, type Measurement, meetsGoal } from "./figure.ts";
import { gatekeeper } from "./gatekeeper.ts";
import { idleMemory } from "./idle-memory.ts";
import { liveStreams } from "./live-streams.ts";
import { pageCost } from "./page-cost.ts";
import { popupFill } from "./popup-fill.ts";
import { popupPaint } from "./popup-paint.ts";
import { popupWeight } from "./popup-weight.ts";
import { postgresDestination } from "./postgres-destination.ts";
import { printRounds, printTable } from "./print.ts";
import { rlsCost } from "./rls-cost.ts";
import { sourceScan } from "./source-scan.ts";
import { tokenRate } from "./token-rate.ts";
import { verificationCost } from "./verification-cost.ts";
import { writeBatch } from "./write-batch.ts";

const measurements: Measurement[] = [
	writeBatch,
	rlsCost,
	tokenRate,
	verificationCost,
	extractionScore,
	extractionCost,
	captureGesture,
	deliveryRate,
	destinationRate,
	postgresDestination,
	sourceScan,
	backlogCost,
	fairness,
	pageCost,
	popupPaint,
	popupFill,
	popupWeight,
	bulkGrid,
	idleMemory,
	liveStreams,
	gatekeeper,
];

const { values } = parseArgs({ options: { only: { type: "string" } } });
const wanted = values.only?.split(",");
const unknown = wanted?.filter((name) => !measurements.some((measurement) => measurement.name === name)) ?? [];
if (unknown.length > 0) {
	console.error(
		`There is no measurement ${unknown.join(", ")}. There are: ${measurements.map(({ name }) => name).join(", ")}.`,
	);
	process.exit(2);
}

const chosen = measurements.filter(({ name }) => wanted === undefined || wanted.includes(name));
if (chosen.some(({ usesExtension }) => usesExtension)) await ensureExtensionIsBuilt();
const figures: Figure[] = [];
for (const measurement of chosen) {
	console.log(`${measurement.name}:`);
	const measured = await measurement.measure();
	for (const figure of measured) printRounds(figure);
	figures.push(...measured);
}

console.log("");
printTable(figures);
mkdirSync(testResults, { recursive: true });
writeFileSync(`${testResults}/bench.json`, `${JSON.stringify(figures, null, "\t")}\n`);
process.exit(figures.every(meetsGoal) ? 0 : 1);
