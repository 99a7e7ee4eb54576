import type { ComponentChildren } from "preact";
import type { RecordRemote } from "../../../backend/contract/records.ts";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { ask } from "../../messages/ask.ts";
import type { LocalRecord, Outbox } from "../../outbox/types.ts";
import type { Card } from "../local/cards.ts";
import { hasLostWorkspace } from "../local/lost-workspace.ts";
import { problemPath } from "../options/problem-path.ts";
import { optionsPath } from "../options/route.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { CapturedAt } from "../parts/captured-at.tsx";
import { Icon } from "../parts/icon.tsx";
import { StatusLine } from "../parts/status-line.tsx";
import { TakeBack } from "../parts/take-back.tsx";
import { popupWords } from "../words/popup.ts";
import { unknownDestination } from "../words/shared.ts";
import { actionWords, putBack, sendHere } from "../words/status.ts";

type RecentProps = {
	cards: readonly Card[];
	/** Nothing was ever captured here; not only that the one capture is drawn elsewhere. */
	none: boolean;
	/** How many need the person besides the listed ones. */
	olderNeedYou: number;
	/** Opens what has not arrived, all of it. */
	onQueue: () => void;
	targets: readonly TargetView[];
	outbox: Outbox;
	online: boolean;
	onEdit: (record: LocalRecord) => void;
};

/** The last few captures, each with its one line of truth. */
export function Recent({ cards, none, olderNeedYou, onQueue, ...rest }: RecentProps) {
	return (
		<section class="recent" aria-label={popupWords.recent}>
			{none ? (
				<p class="recent-none muted">{popupWords.nothingYet}</p>
			) : (
				<ul>
					{cards.map((card, place) => {
						const title = titleOf(card[0]);
						const back = place === 0 && isFresh(card) && (
							<TakeBack capture={card} title={title} outbox={rest.outbox} size="small" />
						);
						return card.length === 1 ? (
							<RecentLine key={card[0].id} record={card[0]} back={back} {...rest} />
						) : (
							<RecentCard key={card[0].id} card={card} back={back} {...rest} />
						);
					})}
				</ul>
			)}
			{olderNeedYou > 0 && (
				<button type="button" class="recent-more" onClick={onQueue}>
					<Icon name="alert" />
					{popupWords.olderNeedYou(olderNeedYou)}
					<Icon name="forward" />
				</button>
			)}
		</section>
	);
}

/** Longer ago, a capture is taken back in the options page. */
const freshMs = 600_000;

function isFresh([first]: Card): boolean {
	return Date.now() - first.updatedAt < freshMs;
}

type LineProps = Omit<RecentProps, "cards" | "none" | "olderNeedYou" | "onQueue"> & {
	/** The button that takes back what was just sent by a quick gesture, or before this popup was open. */
	back: ComponentChildren;
};

function RecentLine({ record, targets, outbox, online, onEdit, back }: LineProps & { record: LocalRecord }) {
	const target = targets.find((one) => one.id === record.targetId) ?? null;
	return (
		<li class="recent-line" data-state={record.state} data-remote={remoteOf(record)}>
			<StatusLine record={record} providerTitle={target?.providerTitle ?? unknownDestination} />
			<span class="recent-title clip" title={record.source.url}>
				{titleOf(record)}
			</span>
			<CapturedAt record={record} online={online} />
			{needsMending(record) ? <MendButton record={record} target={target} outbox={outbox} onEdit={onEdit} /> : back}
		</li>
	);
}

/** One capture that went to several targets: its title once, and a line for each. */
function RecentCard({ card, targets, outbox, online, onEdit, back }: LineProps & { card: Card }) {
	const [first] = card;
	return (
		<li class="recent-card">
			<p class="recent-line">
				<span class="recent-title clip" title={first.source.url}>
					{titleOf(first)}
				</span>
				<CapturedAt record={first} online={online} />
				{back}
			</p>
			<ul>
				{card.map((record) => {
					const target = targets.find((one) => one.id === record.targetId) ?? null;
					return (
						<li key={record.id} class="recent-line" data-state={record.state} data-remote={remoteOf(record)}>
							<StatusLine record={record} providerTitle={target?.providerTitle ?? unknownDestination} />
							<span class="recent-title clip muted">{target?.name ?? ""}</span>
							{needsMending(record) && <MendButton record={record} target={target} outbox={outbox} onEdit={onEdit} />}
						</li>
					);
				})}
			</ul>
		</li>
	);
}

/** What the record is called in a list: its title as edited, else the page's, else its address. */
export function titleOf(record: LocalRecord): string {
	const title = record.fields["title"];
	const own = title?.type === "text" ? title.value : "";
	return own || record.source.title || record.source.url || popupWords.untitled;
}

type MendButtonProps = {
	record: LocalRecord;
	target: TargetView | null;
	outbox: Outbox;
	onEdit: (record: LocalRecord) => void;
	/** Where both versions can be shown on the spot; else they are in the options page. */
	onChoose?: (record: LocalRecord) => void;
};

/** Whether there is something to press: it needs the person, or its row was deleted. */
export function needsMending({ state, remote }: Pick<LocalRecord, "state" | "remote">): boolean {
	return state === "needs_you" || isGone({ state, remote });
}

function isGone(record: Pick<LocalRecord, "state" | "remote">): boolean {
	return remoteOf(record) === "gone";
}

/** What somebody did to its row there, as far as that is what is shown. */
function remoteOf({ state, remote }: Pick<LocalRecord, "state" | "remote">): RecordRemote["state"] | undefined {
	return state === "delivered" ? remote?.state : undefined;
}

/** The one button that mends what is wrong with this record. */
export function MendButton({ record, target, outbox, onEdit, onChoose }: MendButtonProps) {
	const action = record.problem?.action ?? "retry";
	if (action === "choose") {
		return onChoose ? (
			<Button size="small" onPress={() => onChoose(record)}>
				{actionWords.choose}
			</Button>
		) : (
			<ButtonLink size="small" newTab href={optionsPath("records", "choose", record.id)}>
				{actionWords.choose}
			</ButtonLink>
		);
	}
	if (action === "reconnect" || action === "mend_target") {
		return (
			<ButtonLink size="small" newTab href={problemPath(action, target)}>
				{actionWords[action]}
			</ButtonLink>
		);
	}
	const retry = async () => {
		await outbox.retry(record.id);
		await ask("outbox.flush", {});
	};
	return (
		<Button size="small" onPress={() => (action === "edit" ? onEdit(record) : void retry().catch(() => undefined))}>
			{isGone(record) ? putBack : hasLostWorkspace(record) ? sendHere : actionWords[action]}
		</Button>
	);
}
