import type { LocalRecord } from "../../outbox/types.ts";
import { statusWords, unknownReason } from "../words/status.ts";
import { Icon } from "./icon.tsx";
import { WebLink } from "./web-link.tsx";

type StatusProps = {
	record: Pick<LocalRecord, "state" | "problem" | "remoteUrl">;
	/** What the destination is called: "In Airtable". */
	providerTitle: string;
	/** Said in place of the usual words: why it stays on this device (`local/held-back.ts`). */
	held?: string | null;
};

/** One line of truth about a record; links to the row once there is one. */
export function StatusLine({ record, providerTitle, held = null }: StatusProps) {
	const { words, icon } = statusWords[record.state];
	const text = held ?? words(providerTitle, record.problem?.message ?? unknownReason);
	return (
		<span class="status" data-state={record.state}>
			<Icon name={icon} />
			{record.state === "delivered" && record.remoteUrl ? (
				<WebLink href={record.remoteUrl}>
					{text}
					<Icon name="external" />
				</WebLink>
			) : (
				<span>{text}</span>
			)}
		</span>
	);
}
