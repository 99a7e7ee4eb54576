import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TableRow } from "../../../capture/tables/types.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { canSync } from "../../local/may.ts";
import type { PanelWorld } from "../panel.tsx";
import { askStandings } from "./ask-standings.ts";
import { fieldNames, type GridColumn, type GridTarget } from "./columns.ts";
import { asksPerSentRow, joined, type Known, nothingKnown, reindexed } from "./known-standings.ts";
import { fieldsOf } from "./row-fields.ts";
import { type HereIndex, indexHere, type Standing, standingHere } from "./standing-here.ts";

/** Against what rows are held: also what the workspace has (`all`), which is being asked (`asking`), or only this device (`here`). */
export type Checked = "all" | "asking" | "here";

export type Standings = {
	of: (rowId: string) => Standing | undefined;
	checked: Checked;
	/** These rows are saved and on their way. */
	expect: (rowIds: readonly string[]) => void;
};

/** More unsettled records than a device is likely to hold; those beyond are answered by the backend. */
const maxHere = 20_000;
/** A name that is being typed is not asked about letter by letter. */
const settleMs = 300;

type Asked = {
	world: PanelWorld;
	rows: readonly TableRow[];
	columns: readonly GridColumn[];
	target: GridTarget | null;
};

/**
 * Whether each row is new, an update or there already: at once by what is on this device, and by what the workspace has as the backend
 * answers. Nothing is asked again for a row that was answered for the same columns and target, unless it was sent, or has left this device since:
 * then it is in the table, or was taken back.
 */
export function useStandings({ world, rows, columns, target }: Asked): Standings {
	const plan = useMemo(() => JSON.stringify([target?.id, target?.mapping, columns]), [columns, target]);
	const names = useMemo(() => fieldNames(columns, target), [plan]);
	const index = useHere(world, target);
	const { account } = world.settings;
	const asks = target !== null && world.online && account !== null && canSync(account);
	const known = useRef<Known>(nothingKnown("", index));
	if (known.current.plan !== plan) known.current = nothingKnown(plan, index);
	const asked = (row: TableRow) => ({ id: row.id, fields: fieldsOf(row, columns, names) });
	const held = (row: TableRow) => standingHere(asked(row).fields, index);
	if (known.current.index !== index) known.current = reindexed(known.current, index, { rows: asks ? rows : [], held });
	const { here, there, leaving, turn } = known.current;
	for (const row of rows) if (!here.has(row.id)) here.set(row.id, held(row));

	const [failed, setFailed] = useState(false);
	const [, draw] = useState(0);
	useEffect(() => {
		if (!asks || target === null) return;
		const stop = new AbortController();
		const asking = { client: world.client, targetId: target.id, signal: stop.signal };
		const timer = setTimeout(() => {
			const missing = rows.filter(({ id }) => !known.current.there.has(id));
			askStandings(missing.map(asked), asking, (answer) => {
				for (const [id, standing] of answer) known.current.there.set(id, standing);
				setFailed(false);
				draw((drawn) => drawn + 1);
			}).catch(() => !stop.signal.aborted && setFailed(true));
		}, settleMs);
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [plan, rows, asks, turn]);
	return {
		of: (id) => (there.has(id) ? joined(here.get(id), there.get(id)) : (leaving.get(id) ?? here.get(id))),
		checked: !asks || failed ? "here" : rows.every(({ id }) => there.has(id)) ? "all" : "asking",
		expect: (rowIds) => {
			for (const id of rowIds) known.current.sent.set(id, asksPerSentRow);
		},
	};
}

/** While rows are saved or delivered, something changes many times a second. */
const readAgainAfterMs = 1_000;

/** The records on this device that have not settled, oldest first, read again when any changed. */
function useHere({ outbox }: PanelWorld, target: GridTarget | null): HereIndex {
	const [records, setRecords] = useState<readonly LocalRecord[]>([]);
	useEffect(() => {
		let left = false;
		let timer: ReturnType<typeof setTimeout> | null = null;
		const read = async () => {
			const found = await outbox.unsettled(maxHere).catch(() => null);
			timer = null;
			if (!left && found) setRecords(found.filter(({ kind }) => kind === "row" || target !== null));
		};
		void read();
		const stop = outbox.onChange(() => {
			timer ??= setTimeout(() => void read(), readAgainAfterMs);
		});
		return () => {
			left = true;
			if (timer) clearTimeout(timer);
			stop();
		};
	}, [outbox, target?.id]);
	return useMemo(() => indexHere(records, target), [records, target]);
}
