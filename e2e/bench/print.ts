import { type Figure, meetsGoal } from "./figure.ts";

const decimals = { ratio: 3, ms: 1, kB: 1, MiB: 1, count: 0 } as const;

export function printRounds(measured: Figure): void {
	const shown = measured.rounds.map((round) => round.toFixed(decimals[measured.unit])).join("  ");
	console.log(`  ${measured.title}: ${shown}${detailText(measured)}`);
}

export function printTable(figures: readonly Figure[]): void {
	const rows = figures.map((measured) => [
		meetsGoal(measured) ? (measured.goal ? "met" : "") : "MISSED",
		measured.title,
		`${measured.value.toFixed(decimals[measured.unit])} ${measured.unit}`,
		goalText(measured),
	]);
	const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	for (const row of rows) {
		console.log(
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join("  ")
				.trimEnd(),
		);
	}
}

function goalText({ goal }: Figure): string {
	if (!goal) return "reported";
	return "atLeast" in goal ? `goal ≥ ${goal.atLeast}` : `goal ≤ ${goal.atMost}`;
}

function detailText({ details }: Figure): string {
	if (!details) return "";
	return ` (${Object.entries(details)
		.map(([name, value]) => `${name} ${value}`)
		.join(", ")})`;
}
