import { useState } from "preact/hooks";
import type { LocalRecord, RecordState } from "../../../outbox/types.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { heldWords } from "../../local/held-back.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { CapturedAt } from "../../parts/captured-at.tsx";
import { StatusLine } from "../../parts/status-line.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { MendButton, titleOf } from "../../popup/recent.tsx";
import { recordsWords as words } from "../../words/records.ts";
import { unknownDestination } from "../../words/shared.ts";
import { sendElsewhere } from "../../words/status.ts";
import { may, type OptionsWorld, useWorld } from "../context.ts";
import { DecideRecord } from "./decide-record.tsx";
import { EditRecord } from "./edit-record.tsx";

type RecordListProps = {
	records: readonly LocalRecord[];
	/** The record whose versions are shown from the start: the address of the page names it. */
	choosing?: string | null;
};

/** Records with their one line of truth and what can be done with each. */
export function RecordList({ records, choosing = null }: RecordListProps) {
	const [editing, setEditing] = useState<LocalRecord | null>(null);
	const [deciding, setDeciding] = useState(() => records.find(({ id }) => id === choosing) ?? null);
	return (
		<>
			<ul class="card record-list">
				{records.map((record) => (
					<RecordLine
						key={record.id}
						record={record}
						onEdit={() => setEditing(record)}
						onChoose={() => setDeciding(record)}
					/>
				))}
			</ul>
			{editing && <EditRecord record={editing} onDone={() => setEditing(null)} />}
			{deciding && <DecideRecord record={deciding} onDone={() => setDeciding(null)} />}
		</>
	);
}

type RecordLineProps = { record: LocalRecord; onEdit: () => void; onChoose: () => void };

function RecordLine({ record, onEdit, onChoose }: RecordLineProps) {
	const world = useWorld();
	const { settings, outbox, online, offerUndo } = world;
	const target = settings.targets.find((one) => one.id === record.targetId) ?? null;
	const title = titleOf(record);
	const provider = target?.providerTitle ?? unknownDestination;
	const held = heldWords(settings.account, record);
	const reasoned = record.state === "needs_you" || held !== null;
	const status = <StatusLine record={record} providerTitle={provider} held={held} />;
	const mend = <MendButton record={record} target={target} outbox={outbox} onEdit={onEdit} onChoose={onChoose} />;
	const remove = async () => {
		await outbox.remove(record.id);
		askFlush();
		offerUndo({
			words: record.state === "delivered" ? words.removedRowStays(title, provider) : words.removed(title),
			undo: async () => {
				await outbox.restore(record);
				askFlush();
			},
		});
	};
	return (
		<li class="record-line" data-state={record.state} data-reasoned={reasoned}>
			{reasoned ? (
				<span class="record-line-reason">
					{status}
					{held === null ? mend : <ReleaseButton record={record} />}
				</span>
			) : (
				status
			)}
			<span class="record-line-title clip">
				<WebLink href={record.source.url} title={record.source.url}>
					{title}
				</WebLink>
			</span>
			<span class="muted clip">{target?.name ?? words.noTarget}</span>
			<CapturedAt record={record} online={online} />
			<span class="record-line-actions">
				{mayChange(world, record) && (
					<>
						<IconButton icon="pencil" label={words.editOf(title)} onPress={onEdit} />
						<IconButton icon="trash" label={words.remove(title)} onPress={() => void remove()} />
					</>
				)}
			</span>
		</li>
	);
}

/** Only for what was captured for this workspace, when the person could add to it: the rest goes to any workspace anyway. */
function ReleaseButton({ record }: { record: LocalRecord }) {
	const { outbox } = useWorld();
	if (record.workspaceId === "") return null;
	return (
		<Button size="small" onPress={() => void outbox.release(record.id).then(askFlush, () => undefined)}>
			{sendElsewhere}
		</Button>
	);
}

const withTheServer: ReadonlySet<RecordState> = new Set(["stored", "delivering", "delivered"]);

/** What the server has is everybody's in the workspace; what it has not is this device's, whatever the role (ID-7). */
function mayChange(world: OptionsWorld, record: LocalRecord): boolean {
	return !withTheServer.has(record.state) || may(world, "records:write");
}
