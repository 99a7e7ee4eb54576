import type { TargetView } from "../../../backend/contract/targets.ts";
import type { Feed } from "../../live/shared-feed.ts";
import type { LocalRecord, Outbox } from "../../outbox/types.ts";
import { cardsOf } from "../local/cards.ts";
import type { Records } from "../local/records.ts";
import type { Settings } from "../local/settings.ts";
import { lazy } from "../parts/lazy.tsx";
import { NotLive } from "../parts/not-live.tsx";
import { fitRecent } from "./fit-recent.ts";
import { healthOf } from "./health.ts";
import { HealthLine } from "./health-line.tsx";
import type { QueuePanelProps } from "./queue/queue-panel.tsx";
import { Recent } from "./recent.tsx";

const QueuePanel = lazy<QueuePanelProps>(async () => (await import("./queue/queue-panel.tsx")).QueuePanel);

type PopupFootProps = {
	settings: Settings;
	outbox: Outbox;
	records: Records;
	online: boolean;
	feed: Feed | null;
	/** The captures that the send bar does not show. */
	others: readonly LocalRecord[];
	/** How many of those that the send bar shows need the person. */
	sentNeedYou: number;
	/** The target in use. */
	target: TargetView | null;
	queue: { isOpen: boolean; open: () => void; close: () => void };
	onEdit: (record: LocalRecord) => void;
};

/** What was captured before, what is wrong, and everything that has not arrived, over it all. */
export function PopupFoot({ others, sentNeedYou, target, queue, feed, onEdit, ...rest }: PopupFootProps) {
	const { settings, outbox, records, online } = rest;
	const { unsettled, counts } = records;
	const health = healthOf({ settings, unsettled, waiting: counts.waiting, target, online });
	const { shown, olderNeedYou } = fitRecent(cardsOf(others), counts.needsYou - sentNeedYou, health ? "ill" : "well");
	const edit = (record: LocalRecord) => {
		queue.close();
		onEdit(record);
	};
	return (
		<>
			<footer class="foot">
				<Recent
					cards={shown}
					none={records.recent.length === 0}
					targets={settings.targets}
					onQueue={queue.open}
					{...{ olderNeedYou, outbox, online, onEdit }}
				/>
				<NotLive feed={feed} online={online} />
				{health && <HealthLine health={health} onResume={resume} onQueue={queue.open} />}
			</footer>
			{queue.isOpen && <QueuePanel {...rest} onEdit={edit} onClose={queue.close} />}
		</>
	);
}

async function resume(targetId: string): Promise<void> {
	const { resumeTarget } = await import("../local/refresh-targets.ts");
	await resumeTarget(targetId);
}
