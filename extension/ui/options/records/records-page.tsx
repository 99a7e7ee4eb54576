import { useState } from "preact/hooks";
import type { LocalRecord } from "../../../outbox/types.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { NotLive } from "../../parts/not-live.tsx";
import { Problem } from "../../parts/problem.tsx";
import { recordsWords as words } from "../../words/records.ts";
import { BulkBar } from "../bulk/bulk-bar.tsx";
import { BulkProgress } from "../bulk/bulk-progress.tsx";
import { SelectShown } from "../bulk/select-shown.tsx";
import { useBulk } from "../bulk/use-bulk.ts";
import { useSelection } from "../bulk/use-selection.ts";
import { may, useWorld } from "../context.ts";
import { useExport } from "../data/export-menu.tsx";
import type { RecordFilter, Route } from "../route.ts";
import { RecordList } from "./record-list.tsx";
import { RecordTabs } from "./record-tabs.tsx";
import { RetryAll } from "./retry-all.tsx";
import { SearchBox, useFound } from "./search-box.tsx";
import { WorkspaceRecords } from "./workspace-records.tsx";

/** How many lines are drawn at once, and how many more at a press. */
const pageLength = 50;

type RecordsRoute = Extract<Route, { page: "records" }>;

export function RecordsPage({ route }: { route: RecordsRoute }) {
	const { filter, recordId, ...rest } = route;
	if (filter === "workspace") return <WorkspaceRecords key={recordId} recordId={recordId} />;
	return <OwnRecords filter={filter} {...rest} />;
}

type OwnProps = Pick<RecordsRoute, "search" | "choosing"> & { filter: RecordFilter };

/** What was captured on this device. */
function OwnRecords({ filter, search, choosing }: OwnProps) {
	const world = useWorld();
	const [shown, setShown] = useState(pageLength);
	const searched = useFound(world.outbox, search);
	const found = search === null ? filtered(filter, world.records) : (searched ?? []);
	const bulk = useBulk();
	const selection = useSelection(search === null ? filter : null, found);
	const mayAct = may(world, "records:write");
	return (
		<>
			<p class="lead">{words.lead}</p>
			<NotLive feed={world.feed} online={world.online} />
			<BulkProgress bulk={bulk} />
			<SearchBox search={search} />
			<div class="section-head">
				<RecordTabs tab={search === null ? filter : null} />
				{filter === "needs_you" && <RetryAll found={found} bulk={bulk} />}
				{filter === "all" && search === null && found.length > 0 && <Export />}
				{search !== null && searched && (
					<p class="muted" role="status">
						{words.found(searched.length)}
					</p>
				)}
			</div>
			{mayAct && <BulkBar bulk={bulk} selection={selection} />}
			{search !== null && searched?.length === 0 && (
				<div class="card">
					<Empty icon="search">{words.nothingFound(search)}</Empty>
				</div>
			)}
			{search === null && found.length === 0 && (
				<div class="card">
					<Empty icon={filter === "all" ? "archive" : "check"}>{words.empty[filter]}</Empty>
				</div>
			)}
			{found.length > 0 && (
				<>
					{mayAct && <SelectShown records={found.slice(0, shown)} selection={selection} />}
					<RecordList records={found.slice(0, shown)} choosing={choosing} selection={mayAct ? selection : undefined} />
				</>
			)}
			{found.length > shown && <Button onPress={() => setShown(shown + pageLength)}>{words.more}</Button>}
		</>
	);
}

/** All that is on this device, and not only what is listed. */
function Export() {
	const { said, problem, menu } = useExport();
	return (
		<div class="export">
			<p class="muted" role="status">
				{said}
			</p>
			<Problem>{problem}</Problem>
			{menu}
		</div>
	);
}

type Lists = { recent: readonly LocalRecord[]; unsettled: readonly LocalRecord[] };

function filtered(filter: RecordFilter, { recent, unsettled }: Lists): LocalRecord[] {
	if (filter === "all") return [...recent];
	const newestFirst = [...unsettled].reverse();
	return newestFirst.filter((record) => (record.state === "needs_you") === (filter === "needs_you"));
}
