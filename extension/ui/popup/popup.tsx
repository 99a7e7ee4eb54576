import { useEffect } from "preact/hooks";
import { ask } from "../../messages/ask.ts";
import type { Outbox } from "../../outbox/types.ts";
import { askFlush } from "../local/ask-flush.ts";
import { heldWords } from "../local/held-back.ts";
import { useOnline } from "../local/online.ts";
import { useOutbox } from "../local/outbox.ts";
import { type Records, useFollow, useRecords } from "../local/records.ts";
import { type Settings, targetInUse, useSettings } from "../local/settings.ts";
import { useSwitchWorkspace } from "../local/use-switch-workspace.ts";
import { fitRecent } from "./fit-recent.ts";
import { Header } from "./header.tsx";
import { healthOf } from "./health.ts";
import { HealthLine } from "./health-line.tsx";
import { Recent } from "./recent.tsx";
import { RecordPane } from "./record-pane.tsx";
import { SendBar } from "./send-bar.tsx";
import { Strip } from "./strip.tsx";
import { type EditorHandle, useEditor } from "./use-editor.ts";
import { usePage } from "./use-page.ts";

/** What the popup paints first, read before it is drawn: everything local, nothing from the network. */
export type PopupStart = { settings: Settings; outbox: Outbox; records: Records };

/** One more than fits is read, because the record just sent is drawn in the send bar instead. */
export const recentLimit = 5;

export function Popup({ start }: { start: PopupStart }) {
	const settings = useSettings(start.settings);
	const outbox = useOutbox(settings.account, { outbox: start.outbox, account: start.settings.account });
	const records = useRecords(outbox, recentLimit, start.records);
	const online = useOnline();
	const target = targetInUse(settings);
	const switching = useSwitchWorkspace();
	const page = usePage(target);
	const handle = useEditor({ page, target, targets: settings.targets, outbox });
	useFollow(records.unsettled);
	useKeys(handle);
	useEffect(() => void askAnew(settings), [settings.account?.userId, settings.account?.workspaceId]);
	// The last popup may have been closed between its save and its own asking.
	useEffect(askFlush, []);

	const sentId = handle.editor?.sent?.recordId ?? null;
	const sent = records.recent.find((record) => record.id === sentId) ?? handle.editor?.existing ?? null;
	const sentNeedsYou = sentId !== null && sent?.state === "needs_you" ? 1 : 0;
	const { shown, olderNeedYou } = fitRecent(
		records.recent.filter((record) => record.id !== sentId),
		records.counts.needsYou - sentNeedsYou,
	);
	const waiting = records.counts.waiting;
	const health = healthOf({ settings, unsettled: records.unsettled, waiting, target, online });
	return (
		<>
			<Header settings={settings} target={target} onSwitch={switching.switchTo} />
			<Strip settings={settings} switching={switching} />
			<main class="pane">
				<RecordPane page={page} handle={handle} target={target} />
			</main>
			<SendBar
				handle={handle}
				target={target}
				sent={sentId === null ? null : sent}
				held={sent && heldWords(settings.account, sent)}
				closed={page.kind === "closed"}
			/>
			<Recent
				records={shown}
				none={records.recent.length === 0}
				olderNeedYou={olderNeedYou}
				targets={settings.targets}
				outbox={outbox}
				online={online}
				onEdit={handle.openSaved}
			/>
			{health && <HealthLine health={health} onResume={resume} />}
		</>
	);
}

/** ⌘⏎ and Ctrl+Enter send from anywhere, Enter from one-line inputs and from nowhere in particular; Esc leaves a saved record. */
function useKeys(handle: EditorHandle): void {
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.defaultPrevented || event.isComposing) return;
			if (event.key === "Escape" && handle.editor?.fromList) {
				event.preventDefault();
				handle.openPage();
			}
			if (event.key === "Enter" && (event.metaKey || event.ctrlKey || sendsOnEnter(event.target))) {
				event.preventDefault();
				void handle.send();
			}
		};
		addEventListener("keydown", onKeyDown);
		return () => removeEventListener("keydown", onKeyDown);
	});
}

function sendsOnEnter(target: EventTarget | null): boolean {
	if (target === document.body) return true;
	if (target instanceof HTMLInputElement) return target.type !== "checkbox";
	// The title wraps like a text but is one line.
	return target instanceof HTMLTextAreaElement && target.classList.contains("record-title");
}

/** The targets and the role as the backend has them now; what is drawn already does not wait for it. */
async function askAnew(settings: Settings): Promise<void> {
	if (!settings.account) return;
	const { refreshTargets } = await import("../local/refresh-targets.ts");
	await Promise.allSettled([refreshTargets(), ask("account.refresh", {})]);
}

async function resume(targetId: string): Promise<void> {
	const { resumeTarget } = await import("../local/refresh-targets.ts");
	await resumeTarget(targetId);
}
