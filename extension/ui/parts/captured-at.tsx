import type { LocalRecord } from "../../outbox/types.ts";
import { longWhen, shortWhen } from "../when.ts";
import { offlineWord } from "../words/status.ts";

type CapturedAtProps = { record: Pick<LocalRecord, "capturedAt" | "state">; online: boolean };

/** When a record was captured; while it cannot leave the device, that it is offline. */
export function CapturedAt({ record, online }: CapturedAtProps) {
	const at = Date.parse(record.capturedAt);
	const held = !online && (record.state === "local" || record.state === "sending");
	return (
		<time class="muted" dateTime={record.capturedAt} title={longWhen(at)}>
			{held ? offlineWord : shortWhen(at, Date.now())}
		</time>
	);
}
