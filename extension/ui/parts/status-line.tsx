import { useEffect, useRef, useState } from "preact/hooks";
import type { RecordRemote } from "../../../backend/contract/records.ts";
import { errorSentence } from "../../i18n/error-sentence.ts";
import type { LocalRecord } from "../../outbox/types.ts";
import { secondsUntilSent } from "../local/taking-back.ts";
import { optionsPath } from "../options/route.ts";
import { agoWhen, longWhen } from "../when.ts";
import { remoteWords, sentIn, statusWords, unknownReason, waitsForReview } from "../words/status.ts";
import { Icon } from "./icon.tsx";
import { WebLink } from "./web-link.tsx";

type StatusProps = {
	record: Pick<LocalRecord, "state" | "problem" | "remoteUrl" | "undo" | "inReview" | "nextAttemptAt" | "remote">;
	/** What the destination is called: "In Airtable". */
	providerTitle: string;
	/** Said in place of the usual words: why it stays on this device (`local/held-back.ts`). */
	held?: string | null;
};

/** One line of truth about a record; links to the row once there is one, and to where a review is done. */
export function StatusLine({ record, providerTitle, held = null }: StatusProps) {
	const { state, problem, remoteUrl } = record;
	const { words, icon } = statusWords[state];
	const said = problem && errorSentence(problem, { provider: providerTitle });
	const seconds = useSecondsUntilSent(record);
	const usual = words(providerTitle, said ?? unknownReason);
	const text = seconds === null ? usual : sentIn(seconds);
	if (record.inReview && state === "stored") {
		return (
			<span class="status" data-state={state}>
				<Icon name="pause" />
				<a href={optionsPath("inbox")} target="_blank" rel="noreferrer">
					{waitsForReview}
				</a>
			</span>
		);
	}
	if (state === "delivered" && record.remote !== null)
		return <RemoteLine {...record} remote={record.remote} providerTitle={providerTitle} />;
	return (
		<span class="status" data-state={state}>
			<Icon name={icon} />
			{state === "delivered" && remoteUrl ? (
				<WebLink href={remoteUrl}>
					{text}
					<Icon name="external" />
				</WebLink>
			) : (
				<span>{held ?? (state === "undoing" && said ? `${text}: ${said}` : text)}</span>
			)}
		</span>
	);
}

type RemoteLineProps = Pick<LocalRecord, "remoteUrl"> & { remote: RecordRemote; providerTitle: string };

/** What somebody did to the row there; a row that is gone has no page to open. */
function RemoteLine({ remote, remoteUrl, providerTitle }: RemoteLineProps) {
	const at = Date.parse(remote.at);
	const isGone = remote.state === "gone";
	const text = remoteWords[remote.state](providerTitle, agoWhen(at, Date.now()));
	return (
		<span class="status" data-state={isGone ? "needs_you" : "delivered"} title={longWhen(at)}>
			<Icon name={isGone ? "alert" : "pencil"} />
			{!isGone && remoteUrl ? (
				<WebLink href={remoteUrl}>
					{text}
					<Icon name="external" />
				</WebLink>
			) : (
				<span>{text}</span>
			)}
		</span>
	);
}

/** A wait that was shorter from the start is over before it is read. */
const worthCounting = 3;

/** Counts down as long as it is drawn; nothing is asked for it. */
function useSecondsUntilSent(record: StatusProps["record"]): number | null {
	const [now, setNow] = useState(Date.now);
	const counted = useRef<string | null>(null);
	const seconds = secondsUntilSent(record, now);
	if (seconds !== null && seconds > worthCounting) counted.current = record.nextAttemptAt;
	const counting = secondsUntilSent(record, Date.now()) !== null;
	useEffect(() => {
		if (!counting) return;
		setNow(Date.now());
		const timer = setInterval(() => setNow(Date.now()), 1_000);
		return () => clearInterval(timer);
	}, [counting]);
	return counted.current === record.nextAttemptAt ? seconds : null;
}
