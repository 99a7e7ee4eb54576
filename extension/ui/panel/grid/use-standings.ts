import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TableRow } from "../../../capture/tables/types.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { canSync } from "../../local/may.ts";
import type { PanelWorld } from "../panel.tsx";
import { askStandings } from "./ask-standings.ts";
import { fieldNames, type GridColumn, type GridTarget } from "./columns.ts";
import { fieldsOf } from "./row-fields.ts";
import { type HereIndex, indexHere, type Standing, standingHere } from "./standing-here.ts";

/** Against what rows are held: also what the workspace has (`all`), which is being asked (`asking`), or only this device (`here`). */
export type Checked = "all" | "asking" | "here";

export type Standings = { of: (rowId: string) => Standing | undefined; checked: Checked };

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
 * answers. Nothing is asked again for a row that was answered for the same columns and target.
 */
export function useStandings({ world, rows, columns, target }: Asked): Standings {
	const plan = useMemo(() => JSON.stringify([target?.id, target?.mapping, columns]), [columns, target]);
	const here = useHere(world, target);
	const known = useRef({
		plan: "",
		here: new Map<string, Standing>(),
		index: here,
		there: new Map<string, Standing>(),
	});
	const [, draw] = useState(0);
	if (known.current.plan !== plan) known.current = { plan, here: new Map(), index: here, there: new Map() };
	if (known.current.index !== here) known.current = { ...known.current, here: new Map(), index: here };
	const { here: answered, there } = known.current;
	const names = useMemo(() => fieldNames(columns, target), [plan]);
	for (const row of rows)
		if (!answered.has(row.id)) answered.set(row.id, standingHere(fieldsOf(row, columns, names), here));

	const { account } = world.settings;
	const asks = target !== null && world.online && account !== null && canSync(account);
	const [failed, setFailed] = useState(false);
	useEffect(() => {
		if (!asks || target === null) return;
		const stop = new AbortController();
		const missing = rows.filter(({ id }) => !there.has(id));
		const asking = { client: world.client, targetId: target.id, signal: stop.signal };
		const timer = setTimeout(() => {
			const asked = missing.map((row) => ({ id: row.id, fields: fieldsOf(row, columns, names) }));
			askStandings(asked, asking, (answer) => {
				for (const [id, standing] of answer) there.set(id, standing);
				setFailed(false);
				draw((turn) => turn + 1);
			}).catch(() => !stop.signal.aborted && setFailed(true));
		}, settleMs);
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [plan, rows, asks]);
	return {
		of: (id) => joined(answered.get(id), there.get(id)),
		checked: !asks || failed ? "here" : rows.every(({ id }) => there.has(id)) ? "all" : "asking",
	};
}

/** What is on this device may not have reached the workspace yet; of all else the workspace knows more. */
function joined(here: Standing | undefined, there: Standing | undefined): Standing | undefined {
	if (!there) return here;
	return there.standing === "new" && here && here.standing !== "no_key" ? here : there;
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
