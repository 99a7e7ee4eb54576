import { useState } from "preact/hooks";
import { type ExportFormat, exportRecords } from "../../../outbox/export-records.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { saveFile } from "../../local/save-file.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Problem } from "../../parts/problem.tsx";
import { recordsWords as words } from "../../words/records.ts";
import { BulkBar } from "../bulk/bulk-bar.tsx";
import { BulkProgress } from "../bulk/bulk-progress.tsx";
import { SelectShown } from "../bulk/select-shown.tsx";
import { useBulk } from "../bulk/use-bulk.ts";
import { useSelection } from "../bulk/use-selection.ts";
import { may, useWorld } from "../context.ts";
import { optionsPath, type RecordFilter, type Route } from "../route.ts";
import { useDoing } from "../use-doing.ts";
import { RecordList } from "./record-list.tsx";
import { RetryAll } from "./retry-all.tsx";

/** How many lines are drawn at once, and how many more at a press. */
const pageLength = 50;

type RecordsRoute = Extract<Route, { page: "records" }>;

export function RecordsPage({ route }: { route: RecordsRoute }) {
	const { filter } = route;
	const world = useWorld();
	const [shown, setShown] = useState(pageLength);
	const found = filtered(filter, world.records);
	const bulk = useBulk();
	const selection = useSelection(filter, found);
	const mayAct = may(world, "records:write");
	return (
		<>
			<p class="lead">{words.lead}</p>
			<BulkProgress bulk={bulk} />
			<div class="section-head">
				<Filters filter={filter} />
				{filter === "needs_you" && <RetryAll found={found} bulk={bulk} />}
				{filter === "all" && found.length > 0 && <Export />}
			</div>
			{mayAct && <BulkBar bulk={bulk} selection={selection} />}
			{found.length === 0 ? (
				<div class="card">
					<Empty icon={filter === "all" ? "archive" : "check"}>{words.empty[filter]}</Empty>
				</div>
			) : (
				<>
					{mayAct && <SelectShown records={found.slice(0, shown)} selection={selection} />}
					<RecordList
						records={found.slice(0, shown)}
						choosing={route.choosing}
						selection={mayAct ? selection : undefined}
					/>
				</>
			)}
			{found.length > shown && <Button onPress={() => setShown(shown + pageLength)}>{words.more}</Button>}
		</>
	);
}

/** All of this person's records on this device as a file, those of other workspaces too, and not only what is listed. */
function Export() {
	const { outbox } = useWorld();
	const { problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const save = (format: ExportFormat) =>
		run(async () => {
			const records = await outbox.all();
			const name = words.exportName(new Date().toISOString().slice(0, 10));
			saveFile(`${name}.${format}`, exportRecords(records, format));
			setSaid(words.exported(records.length));
		});
	const entry = (format: ExportFormat) => ({ label: words.exportAs[format], onPress: () => save(format) });
	return (
		<div class="export">
			<p class="muted" role="status">
				{said}
			</p>
			<Problem>{problem}</Problem>
			<Menu class="button" entries={[entry("csv"), entry("json")]} title={words.export}>
				<Icon name="download" />
				{words.export}
			</Menu>
		</div>
	);
}

function Filters({ filter }: { filter: RecordFilter }) {
	const { counts } = useWorld().records;
	const countFor: Record<RecordFilter, number | null> = {
		all: null,
		waiting: counts.waiting,
		needs_you: counts.needsYou,
	};
	return (
		<nav class="tabs" aria-label={words.filterLabel}>
			{(["all", "waiting", "needs_you"] as const).map((name) => (
				<a
					key={name}
					class="tab"
					href={name === "all" ? optionsPath("records") : optionsPath("records", name)}
					aria-current={name === filter ? "page" : undefined}
				>
					{words.filters[name]}
					{countFor[name] ? <span class="muted"> {countFor[name]}</span> : null}
				</a>
			))}
		</nav>
	);
}

type Lists = { recent: readonly LocalRecord[]; unsettled: readonly LocalRecord[] };

function filtered(filter: RecordFilter, { recent, unsettled }: Lists): LocalRecord[] {
	if (filter === "all") return [...recent];
	const newestFirst = [...unsettled].reverse();
	return newestFirst.filter((record) => (record.state === "needs_you") === (filter === "needs_you"));
}
