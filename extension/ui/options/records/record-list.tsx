import { useState } from "preact/hooks";
import type { LocalRecord, RecordState } from "../../../outbox/types.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { type Card, cardsOf } from "../../local/cards.ts";
import { heldWords } from "../../local/held-back.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { CapturedAt } from "../../parts/captured-at.tsx";
import { StatusLine } from "../../parts/status-line.tsx";
import { TakeBack } from "../../parts/take-back.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { MendButton, needsMending, titleOf } from "../../popup/recent.tsx";
import { bulkWords } from "../../words/bulk.ts";
import { noteWords, recordsWords as words } from "../../words/records.ts";
import { unknownDestination } from "../../words/shared.ts";
import { sendElsewhere } from "../../words/status.ts";
import { isSelectable, type Selection } from "../bulk/use-selection.ts";
import { may, type OptionsWorld, useWorld } from "../context.ts";
import { DecideRecord } from "./decide-record.tsx";
import { EditRecord } from "./edit-record.tsx";

type RecordListProps = {
	records: readonly LocalRecord[];
	/** Which are ticked; left out where nothing can be done with many at once. */
	selection?: Selection | undefined;
	/** The record whose versions are shown from the start: the address of the page names it. */
	choosing?: string | null;
};

/** Records with their one line of truth and what can be done with each. */
export function RecordList({ records, selection, choosing = null }: RecordListProps) {
	const [editing, setEditing] = useState<readonly LocalRecord[]>([]);
	const [deciding, setDeciding] = useState(() => records.find(({ id }) => id === choosing) ?? null);
	const [edited, ...others] = editing;
	return (
		<>
			<ul class="card record-list">
				{cardsOf(records).map((card) =>
					card.length === 1 ? (
						<RecordLine
							key={card[0].id}
							record={card[0]}
							selection={selection}
							onEdit={() => setEditing(card)}
							onChoose={() => setDeciding(card[0])}
						/>
					) : (
						<RecordCard key={card[0].id} card={card} selection={selection} onEdit={setEditing} onChoose={setDeciding} />
					),
				)}
			</ul>
			{edited && <EditRecord record={edited} others={others} onDone={() => setEditing([])} />}
			{deciding && <DecideRecord record={deciding} onDone={() => setDeciding(null)} />}
		</>
	);
}

type RecordLineProps = {
	record: LocalRecord;
	selection?: Selection | undefined;
	onEdit: () => void;
	onChoose: () => void;
};

function RecordLine({ record, selection, onEdit, onChoose }: RecordLineProps) {
	const { settings, online } = useWorld();
	const { reasoned, line } = useStanding({ record, onEdit, onChoose });
	const target = settings.targets.find((one) => one.id === record.targetId);
	return (
		<li class="record-line" data-state={record.state} data-reasoned={reasoned}>
			{line}
			<Title card={[record]} selection={selection} />
			<span class="muted clip">{target?.name ?? words.noTarget}</span>
			<CapturedAt record={record} online={online} />
			<Actions card={[record]} onEdit={onEdit} />
		</li>
	);
}

type RecordCardProps = {
	card: Card;
	selection: Selection | undefined;
	/** All of them, or the one whose line was pressed. */
	onEdit: (records: readonly LocalRecord[]) => void;
	onChoose: (record: LocalRecord) => void;
};

/** One capture that went to several targets: its title once, and a line for each. */
function RecordCard({ card, selection, onEdit, onChoose }: RecordCardProps) {
	const { online } = useWorld();
	const [first] = card;
	return (
		<li class="record-card">
			<div class="record-line">
				<Title card={card} selection={selection} />
				<CapturedAt record={first} online={online} />
				<Actions card={card} onEdit={() => onEdit(card)} />
			</div>
			<ul>
				{card.map((record) => (
					<CardLine key={record.id} record={record} onEdit={() => onEdit([record])} onChoose={() => onChoose(record)} />
				))}
			</ul>
		</li>
	);
}

function CardLine({ record, onEdit, onChoose }: RecordLineProps) {
	const { settings } = useWorld();
	const { reasoned, line } = useStanding({ record, onEdit, onChoose });
	const target = settings.targets.find((one) => one.id === record.targetId);
	return (
		<li class="record-line" data-state={record.state} data-reasoned={reasoned}>
			{line}
			<span class="record-line-title muted clip">{target?.name ?? words.noTarget}</span>
		</li>
	);
}

/** The line of truth, with the button that mends it; `reasoned`: it says why, and needs a line of its own. */
function useStanding({ record, onEdit, onChoose }: RecordLineProps) {
	const { settings, outbox } = useWorld();
	const target = settings.targets.find((one) => one.id === record.targetId) ?? null;
	const held = heldWords(settings.account, record);
	const status = <StatusLine record={record} providerTitle={target?.providerTitle ?? unknownDestination} held={held} />;
	const note = noteWords(record);
	if (!needsMending(record) && held === null && record.undoProblem === null && note === null)
		return { reasoned: false, line: status };
	const mend = <MendButton record={record} target={target} outbox={outbox} onEdit={onEdit} onChoose={onChoose} />;
	const line = (
		<span class="record-line-reason">
			{status}
			{record.undoProblem}
			{note}
			{held !== null && <ReleaseButton record={record} />}
			{needsMending(record) && mend}
		</span>
	);
	return { reasoned: true, line };
}

/** The box takes all records of the capture that the server has. */
function Title({ card, selection }: { card: Card; selection: Selection | undefined }) {
	const [record] = card;
	const ids = card.filter(isSelectable).map(({ id }) => id);
	return (
		<span class="record-line-title clip">
			{selection && (
				<input
					class="check"
					type="checkbox"
					aria-label={bulkWords.select(titleOf(record))}
					disabled={ids.length === 0}
					checked={ids.length > 0 && ids.every(selection.has)}
					onChange={(event) => selection.set(ids, event.currentTarget.checked)}
				/>
			)}
			<WebLink href={record.source.url} title={record.source.url}>
				{titleOf(record)}
			</WebLink>
		</span>
	);
}

/** What can be done with a capture: changed or removed in all its targets. What is being taken back is left to that. */
function Actions({ card, onEdit }: { card: Card; onEdit: () => void }) {
	const world = useWorld();
	const { settings, outbox, offerUndo } = world;
	const [first] = card;
	const title = titleOf(first);
	const remove = async () => {
		for (const { id } of card) await outbox.remove(id);
		askFlush();
		const landed = card.find(({ state }) => state === "delivered");
		const provider = settings.targets.find(({ id }) => id === landed?.targetId)?.providerTitle ?? unknownDestination;
		offerUndo({
			words: landed ? words.removedRowStays(title, provider) : words.removed(title),
			undo: async () => {
				for (const record of card) await outbox.restore(record);
				askFlush();
			},
		});
	};
	const changeable = card.every((record) => mayChange(world, record) && record.state !== "undoing");
	return (
		<span class="record-line-actions">
			{changeable && (
				<>
					<TakeBack capture={card} title={title} outbox={outbox} />
					<IconButton icon="pencil" label={words.editOf(title)} onPress={onEdit} />
					<IconButton icon="trash" label={words.remove(title)} onPress={() => void remove()} />
				</>
			)}
		</span>
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
