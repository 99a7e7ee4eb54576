import { useState } from "preact/hooks";
import type { SelectionRow, SelectionView } from "../../../../backend/contract/selections.ts";
import { Button } from "../../parts/button.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Row } from "../../parts/row.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { selectionWords as words } from "../../words/selections.ts";
import { BulkProgress } from "../bulk/bulk-progress.tsx";
import { DeleteRecords } from "../bulk/delete-records.tsx";
import { useBulk } from "../bulk/use-bulk.ts";
import { may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { optionsPath } from "../route.ts";
import { useDoing } from "../use-doing.ts";
import { useEnds } from "./selection-head.tsx";
import { useRows } from "./use-rows.ts";

type GoneRowsProps = { selection: SelectionView; onChanged: () => Promise<void> };

/** `POST …/rows/keep` takes this many. */
const maxKept = 100;

/** Rows that are no longer at the source, one by one: each stays at the destination, or goes there too. */
export function GoneRows({ selection, onChanged }: GoneRowsProps) {
	const world = useWorld();
	const { remote, reload, more } = useRows(selection, "gone");
	const { target } = useEnds(selection);
	const { busy, problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const [deleting, setDeleting] = useState<string | null>(null);
	const bulk = useBulk();
	const writes = may(world, "targets:write");
	const keep = (rows: readonly SelectionRow[]) =>
		run(async () => {
			const kept = rows.slice(0, maxKept);
			await world.client.keepSelectionRows(selection.id, { externalIds: kept.map(({ externalId }) => externalId) });
			setSaid(words.goneRows.kept(kept.length));
			await onChanged();
			await reload();
		});
	const close = () => setDeleting(null);
	return (
		<section class="section" aria-label={words.goneRows.title}>
			<h2>{words.goneRows.title}</h2>
			<p class="prose">{words.goneRows.lead(selection.tableName, target?.name ?? selection.name)}</p>
			<p class="section-said" role="status">
				{said}
			</p>
			<Problem>{problem}</Problem>
			<BulkProgress bulk={bulk} />
			<RemoteView remote={remote} what={words.rowsWhat} online={world.online} lines={2} onReload={reload}>
				{(rows) => (
					<GoneList
						rows={rows}
						providerTitle={target?.providerTitle ?? ""}
						{...(writes ? { onKeep: keep, onDelete: setDeleting } : {})}
						busy={busy}
					/>
				)}
			</RemoteView>
			{more && (
				<div class="form-buttons">
					<Button onPress={more}>{words.showMore}</Button>
				</div>
			)}
			{deleting !== null && (
				<DeleteRecords bulk={bulk} selection={{ ids: [deleting] }} onStarted={close} onCancel={close} />
			)}
		</section>
	);
}

type GoneListProps = {
	rows: readonly SelectionRow[];
	providerTitle: string;
	busy: boolean;
	/** Left out for who may only look. */
	onKeep?: (rows: readonly SelectionRow[]) => void;
	onDelete?: (recordId: string) => void;
};

function GoneList({ rows, providerTitle, busy, onKeep, onDelete }: GoneListProps) {
	return (
		<>
			<ul class="card rows">
				{rows.map((row) => (
					<GoneRow
						key={row.externalId}
						row={row}
						providerTitle={providerTitle}
						{...(onKeep && onDelete ? { onKeep: () => onKeep([row]), onDelete } : {})}
					/>
				))}
			</ul>
			{onKeep && rows.length > 1 && (
				<div class="form-buttons">
					<Button busy={busy ? words.goneRows.keep : null} onPress={() => onKeep(rows)}>
						{words.goneRows.keepAll}
					</Button>
				</div>
			)}
		</>
	);
}

type GoneRowProps = {
	row: SelectionRow;
	providerTitle: string;
	onKeep?: () => void;
	onDelete?: (recordId: string) => void;
};

function GoneRow({ row, providerTitle, onKeep, onDelete }: GoneRowProps) {
	const { recordId, remoteUrl } = row;
	const title = row.title || words.untitled(row.externalId);
	return (
		<Row
			mark={{ icon: "archive" }}
			title={recordId === null ? title : <a href={optionsPath("records", "workspace", recordId)}>{title}</a>}
			notes={[
				<Moment key="seen" instant={row.seenAt} words={words.seen} />,
				remoteUrl && (
					<WebLink key="row" href={remoteUrl}>
						{words.rowAt(providerTitle)}
					</WebLink>
				),
			]}
		>
			{onKeep && (
				<Button size="small" label={words.goneRows.keepOf(title)} onPress={onKeep}>
					{words.goneRows.keep}
				</Button>
			)}
			{onDelete && recordId !== null && (
				<Button size="small" look="quiet" label={words.goneRows.deleteOf(title)} onPress={() => onDelete(recordId)}>
					{words.goneRows.delete}
				</Button>
			)}
		</Row>
	);
}
