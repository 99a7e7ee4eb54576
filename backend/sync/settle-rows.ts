import type { Intent } from "../records/undo-standing.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import { lookEveryOf } from "../watches/rhythm.ts";
import type { ClaimedTarget } from "./claim.ts";
import type { LaneRun } from "./lane-run.ts";
import { nameLostColumns } from "./name-lost-columns.ts";
import { settle } from "./settle.ts";
import type { Settlement } from "./settlement.ts";

/** Settles what is known of a claim so far; the rest of it follows. */
export async function settleRows(
	run: LaneRun,
	{ target, intent }: { target: ClaimedTarget; intent: Intent },
	ended: readonly Settlement[],
): Promise<void> {
	if (ended.length === 0) return;
	const settlements = await nameLostColumns(run, target, ended);
	await checkpoint("deliver/before-settle");
	const { deps, workspaceId, connection, connector } = run;
	const removes = connector.remove !== undefined;
	const lookAfterMs = connector.read === undefined ? null : lookEveryOf(connector.manifest);
	const request = { workspaceId, target, intent, removes, lookAfterMs, connection, settlements };
	await settle(deps.database.asTenant, request);
	await checkpoint("deliver/after-settle");
}

/** Two halves, one after the other. */
export async function halve<Row>(rows: readonly Row[], each: (half: readonly Row[]) => Promise<void>): Promise<void> {
	const middle = Math.ceil(rows.length / 2);
	await each(rows.slice(0, middle));
	await each(rows.slice(middle));
}
