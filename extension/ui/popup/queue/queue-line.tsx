import type { TargetView } from "../../../../backend/contract/targets.ts";
import type { LocalRecord, Outbox } from "../../../outbox/types.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { heldWords } from "../../local/held-back.ts";
import type { Settings } from "../../local/settings.ts";
import { Button } from "../../parts/button.tsx";
import { CapturedAt } from "../../parts/captured-at.tsx";
import { Icon } from "../../parts/icon.tsx";
import { StatusLine } from "../../parts/status-line.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { untilWhen } from "../../when.ts";
import { queueWords } from "../../words/queue.ts";
import { unknownDestination } from "../../words/shared.ts";
import { actionWords } from "../../words/status.ts";
import { MendButton, needsMending, titleOf } from "../recent.tsx";
import { mayBeTried, type WaitingFor, waitingFor } from "./waiting-for.ts";

type QueueLineProps = {
	record: LocalRecord;
	settings: Settings;
	outbox: Outbox;
	online: boolean;
	/** Until when it waits here before it is tried again (epoch milliseconds). */
	dueAt: number | undefined;
	onEdit: (record: LocalRecord) => void;
	onRemove: () => void;
};

/** One record that has not arrived: where it is, until when or why, and its buttons. */
export function QueueLine({ record, settings, outbox, online, dueAt, onEdit, onRemove }: QueueLineProps) {
	const title = titleOf(record);
	const target = settings.targets.find(({ id }) => id === record.targetId) ?? null;
	const now = Date.now();
	const waiting = waitingFor(record, { online, signedIn: settings.account !== null, target, dueAt, now });
	const held = heldWords(settings.account, record);
	return (
		<li class="queue-line" data-state={record.state}>
			<p class="queue-line-title">
				<span class="clip" title={record.source.url}>
					{title}
				</span>
				<CapturedAt record={record} online={online} />
			</p>
			<div class="queue-line-status">
				<StatusLine record={record} providerTitle={target?.providerTitle ?? unknownDestination} held={held} />
				{record.remoteUrl && record.state !== "delivered" ? (
					<WebLink href={record.remoteUrl}>
						{queueWords.openRow}
						<Icon name="external" />
					</WebLink>
				) : (
					target && <span class="muted clip">{target.name}</span>
				)}
			</div>
			{record.state !== "needs_you" && held === null && <p class="muted">{untilWords(waiting, now)}</p>}
			<QueueButtons {...{ record, title, target, outbox, onEdit, onRemove }} backsOff={waiting.for === "next-try"} />
		</li>
	);
}

type QueueButtonsProps = Pick<QueueLineProps, "record" | "outbox" | "onEdit" | "onRemove"> & {
	/** What it is called. */
	title: string;
	target: TargetView | null;
	/** It waits out a failure, here or at the server. */
	backsOff: boolean;
};

function QueueButtons({ record, title, target, outbox, backsOff, onEdit, onRemove }: QueueButtonsProps) {
	const tryNow = () => void outbox.retry(record.id).then(askFlush, () => undefined);
	return (
		<div class="queue-line-buttons">
			{needsMending(record) && <MendButton record={record} target={target} outbox={outbox} onEdit={onEdit} />}
			{record.problem?.action === "edit" && mayBeTried(record) && (
				<Button size="small" look="quiet" label={queueWords.tryAgainOf(title)} onPress={tryNow}>
					{actionWords.retry}
				</Button>
			)}
			{record.state === "local" && backsOff && (
				<Button size="small" label={queueWords.tryNowOf(title)} onPress={tryNow}>
					{queueWords.tryNow}
				</Button>
			)}
			{record.problem?.action !== "edit" && (
				<Button size="small" look="quiet" label={queueWords.editOf(title)} onPress={() => onEdit(record)}>
					{queueWords.edit}
				</Button>
			)}
			<Button size="small" look="quiet" label={queueWords.removeOf(title)} onPress={onRemove}>
				{queueWords.remove}
			</Button>
		</div>
	);
}

/** Seconds would have to be counted down. */
const minuteMs = 60_000;

function untilWords(waiting: WaitingFor, now: number): string {
	const { until } = queueWords;
	switch (waiting.for) {
		case "network":
			return until.offline;
		case "sign-in":
			return until.signIn;
		case "target":
			return until.target;
		case "review":
			return until.review;
		case "resume":
			return until.paused(waiting.target.name);
		case "next-try":
			return waiting.at - now < minuteMs ? until.triedSoon : until.tried(untilWhen(waiting.at, now));
		case "schedule":
			return until.written(waiting.target.providerTitle, untilWhen(waiting.at, now));
		case "nothing":
			return until.soon;
	}
}
