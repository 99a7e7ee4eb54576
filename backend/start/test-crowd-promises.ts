import type { Saver } from "./test-crowd-load.ts";
import type { Ground } from "./test-ground.ts";
import { until } from "./test-process.ts";

/** What of the promises I1 to I8 does not hold: sentences, none when all do. */
export async function brokenPromises(ground: Ground, savers: readonly Saver[]): Promise<string[]> {
	return (await Promise.all(savers.map((saver) => brokenFor(ground, saver)))).flat();
}

/** Longer than all recoveries of I6 together: what is open then stays so. */
const settledWithinMs = 60_000;

/** I6: with everybody there again, everything that can be delivered is, and all else says what it waits for. */
export async function untilSettled(ground: Ground, savers: readonly Saver[]): Promise<void> {
	const latest = performance.now() + settledWithinMs;
	await until(async () => {
		const rows = await ground.admin`
			select d.state, d.lease_until, d.next_attempt_at, t.name, t.status, count(*)::integer as records
			from sheaf.deliveries d
			join sheaf.targets t on t.workspace_id = d.workspace_id and t.id = d.target_id
			where d.workspace_id = any(${savers.map(({ workspaceId }) => workspaceId)}::uuid[])
				and (d.state = 'delivering' or d.state = 'pending' and t.status = 'active')
			group by 1, 2, 3, 4, 5`;
		if (rows.length > 0 && performance.now() > latest) throw new Error(`I6: nobody brings ${JSON.stringify(rows)}.`);
		return rows.length === 0;
	});
}

type Counted = {
	records: number;
	operations: number;
	changes: number;
	openAttempts: number;
	unattempted: number;
	states: Record<string, number>;
};

async function count(ground: Ground, workspaceId: string): Promise<Counted> {
	const [row] = await ground.admin<Counted[]>`
		select
			(select count(*)::integer from sheaf.records where workspace_id = ${workspaceId}) as records,
			(select count(*)::integer from sheaf.operations where workspace_id = ${workspaceId}) as operations,
			(select count(*)::integer from sheaf.audit_log
				where workspace_id = ${workspaceId} and action = 'record.put') as changes,
			(select count(*)::integer from sheaf.delivery_attempts
				where workspace_id = ${workspaceId} and closed_at is null) as "openAttempts",
			(select count(*)::integer from sheaf.deliveries d
				where d.workspace_id = ${workspaceId} and d.lease_epoch <> (select count(*) from sheaf.delivery_attempts a
					where a.workspace_id = d.workspace_id and a.target_id = d.target_id and a.record_id = d.record_id)) as unattempted,
			(select coalesce(jsonb_object_agg(state, n), '{}') from (select state, count(*) as n from sheaf.deliveries
				where workspace_id = ${workspaceId} group by state) s) as states`;
	if (row === undefined) throw new Error("There was no count.");
	return row;
}

async function brokenFor(ground: Ground, saver: Saver): Promise<string[]> {
	const broken: string[] = [];
	const holds = (promise: string, isSo: boolean, what: unknown) => {
		if (!isSo) broken.push(`${promise}: ${saver.baseId}: ${JSON.stringify(what)}`);
	};
	const found = await count(ground, saver.workspaceId);
	const records = saver.stored.size + saver.poisoned.length;
	holds("I2, I7 every record that was answered is there once", found.records === records, { found, records });
	holds("I2 other content under the same version is refused", saver.merged.length === 0, saver.merged);
	holds("I7 every operation that was answered is there", found.operations === saver.operations, found);
	holds("I8 every change has one audit row", found.changes === found.operations, found);
	holds("I8 every attempt was closed", found.openAttempts === 0, found);
	holds("I8 every claim opened one attempt", found.unattempted === 0, found);
	holds("I5 what no table takes needs the person", found.states["needs_you"] === saver.poisoned.length, found);
	const rows = ground.airtable.control.rows(saver.baseId, "Pages");
	const [target] = await ground.admin<{ status: string }[]>`
		select status from sheaf.targets where workspace_id = ${saver.workspaceId}`;
	if (target?.status !== "active") {
		holds("I1, I5 what waits for its account waits", found.states["pending"] === saver.stored.size, found);
		holds("I5 nothing reached an account that was taken back", rows.length === 0, rows.length);
		return broken;
	}
	holds("I1 what can be delivered is", found.states["delivered"] === saver.stored.size, found);
	holds("I3 no row is there twice", rows.length === saver.stored.size, {
		rows: rows.length,
		records: saver.stored.size,
	});
	const titles = new Map(rows.map(({ cells }) => [cells["URL"], cells["Name"]]));
	const stale = [...saver.stored].filter(([url, { record }]) => titles.get(url) !== record.source.title);
	holds("I4 the highest version is what stands there", stale.length === 0, stale.slice(0, 3));
	return broken;
}
