import { useEffect, useId, useState } from "preact/hooks";
import type { LocalRecord, Outbox } from "../../../outbox/types.ts";
import { askFlush } from "../../local/ask-flush.ts";
import type { Records } from "../../local/records.ts";
import type { Settings } from "../../local/settings.ts";
import { optionsPath } from "../../options/route.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { UndoLine } from "../../parts/undo.tsx";
import { useModal } from "../../parts/use-modal.ts";
import { queueWords } from "../../words/queue.ts";
import { titleOf } from "../recent.tsx";
import { QueueLine } from "./queue-line.tsx";
import { mayBeTried } from "./waiting-for.ts";

export type QueuePanelProps = {
	records: Records;
	settings: Settings;
	outbox: Outbox;
	online: boolean;
	onEdit: (record: LocalRecord) => void;
	onClose: () => void;
};

/** More than anybody goes through in a popup; the others are counted. */
const maxLines = 100;

/** Everything that has not arrived, the ones that need the person first: until when each waits or why it failed, and what to do about it. */
export function QueuePanel({ records, settings, outbox, online, onEdit, onClose }: QueuePanelProps) {
	const dialog = useModal();
	const heading = useId();
	const dueTimes = useDueTimes(outbox, records);
	const deeds = useDeeds(outbox);
	const { unsettled, counts } = records;
	const lines = unsettled.toSorted((a, b) => Number(b.state === "needs_you") - Number(a.state === "needs_you"));
	const shown = lines.slice(0, maxLines);
	const left = counts.waiting + counts.needsYou - shown.length;
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		// Left to the browser, it would close the extension's popup with it.
		event.preventDefault();
		onClose();
	};
	return (
		<dialog ref={dialog} class="queue" aria-labelledby={heading} onKeyDown={onKeyDown}>
			<QueueHead heading={heading} again={unsettled.filter(mayBeTried)} onRetry={deeds.retry} onClose={onClose} />
			<p class="queue-count muted" role="status">
				{deeds.said || countWords(counts)}
			</p>
			{lines.length === 0 ? (
				<Empty icon="check">{queueWords.empty}</Empty>
			) : (
				<ul class="queue-lines">
					{shown.map((record) => (
						<QueueLine
							key={record.id}
							{...{ record, settings, online, outbox, onEdit }}
							dueAt={dueTimes[record.id]}
							onRemove={() => deeds.remove(record)}
						/>
					))}
				</ul>
			)}
			{left > 0 && (
				<a class="recent-more" href={optionsPath("records")} target="_blank" rel="noreferrer">
					{queueWords.more(left)}
					<Icon name="forward" />
				</a>
			)}
			{deeds.removed && (
				<UndoLine words={queueWords.removed(titleOf(deeds.removed))} onUndo={deeds.bringBack} onGone={deeds.forget} />
			)}
		</dialog>
	);
}

type QueueHeadProps = {
	/** The id of its heading. */
	heading: string;
	/** What "Try all again" is about. */
	again: readonly LocalRecord[];
	onRetry: (records: readonly LocalRecord[]) => void;
	onClose: () => void;
};

function QueueHead({ heading, again, onRetry, onClose }: QueueHeadProps) {
	return (
		<header class="head">
			<button
				type="button"
				class="button head-menu"
				aria-label={queueWords.back}
				title={queueWords.back}
				onClick={onClose}
			>
				<Icon name="back" />
			</button>
			<h1 id={heading} class="queue-title">
				{queueWords.title}
			</h1>
			{again.length > 1 && (
				<Button size="small" onPress={() => onRetry(again)}>
					{queueWords.retryAll}
				</Button>
			)}
		</header>
	);
}

function countWords({ waiting, needsYou }: Records["counts"]): string {
	const parts = [needsYou > 0 && queueWords.needYou(needsYou), waiting > 0 && queueWords.waiting(waiting)];
	return parts.filter(Boolean).join(" · ");
}

/** What may be done, what was last said of it, and what was removed and may be brought back. */
function useDeeds(outbox: Outbox) {
	const [said, setSaid] = useState("");
	const [removed, setRemoved] = useState<LocalRecord | null>(null);
	const run = (deed: () => Promise<string>) =>
		void deed()
			.then(setSaid, (error: unknown) => setSaid(queueWords.failed(error instanceof Error ? error.message : "")))
			.finally(askFlush);
	return {
		said,
		removed,
		forget: () => setRemoved(null),
		retry: (records: readonly LocalRecord[]) =>
			run(async () => {
				for (const { id } of records) await outbox.retry(id);
				return queueWords.retried(records.length);
			}),
		remove: (record: LocalRecord) =>
			run(async () => {
				await outbox.remove(record.id);
				setRemoved(record);
				return "";
			}),
		bringBack: () =>
			run(async () => {
				if (removed) await outbox.restore(removed);
				setRemoved(null);
				return "";
			}),
	};
}

function useDueTimes(outbox: Outbox, records: Records): Record<string, number> {
	const [dueTimes, setDueTimes] = useState<Record<string, number>>({});
	useEffect(() => {
		let left = false;
		void outbox.dueTimes().then(
			(read) => !left && setDueTimes(read),
			() => undefined,
		);
		return () => {
			left = true;
		};
	}, [outbox, records]);
	return dueTimes;
}
