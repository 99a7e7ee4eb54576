import { useEffect, useState } from "preact/hooks";
import { ask } from "../../messages/ask.ts";
import type { LocalRecord, Outbox, Taking } from "../../outbox/types.ts";
import { siteOf } from "../../settings/site-targets.ts";
import { askFlush } from "../local/ask-flush.ts";
import { useFeed, useLook } from "../local/live.ts";
import { useOnline } from "../local/online.ts";
import { useOutbox } from "../local/outbox.ts";
import { type Records, useRecords } from "../local/records.ts";
import { type Settings, targetsFor, useSettings } from "../local/settings.ts";
import { useSwitchWorkspace } from "../local/use-switch-workspace.ts";
import { lazy } from "../parts/lazy.tsx";
import type { Editor } from "./editor.ts";
import { Header } from "./header.tsx";
import type { PickDialogProps } from "./pick-dialog.tsx";
import { PopupFoot } from "./popup-foot.tsx";
import type { ActiveTab } from "./read-page.ts";
import { RecipeStrip } from "./recipes/recipe-strip.tsx";
import { RecordPane } from "./record-pane.tsx";
import { SendBar, takeable } from "./send-bar.tsx";
import { Strip } from "./strip.tsx";
import { type EditorHandle, useEditor } from "./use-editor.ts";
import { usePage } from "./use-page.ts";

const PickDialog = lazy<PickDialogProps>(async () => (await import("./pick-dialog.tsx")).PickDialog);

/** What the popup paints first, read before it is drawn: everything local, nothing from the network. */
export type PopupStart = { settings: Settings; outbox: Outbox; records: Records; tab: ActiveTab | null };

/** One capture more than fits is read, because the one just sent is drawn in the send bar instead. */
export const recentLimit = 5;

export function Popup({ start }: { start: PopupStart }) {
	const settings = useSettings(start.settings);
	const outbox = useOutbox(settings.account, { outbox: start.outbox, account: start.settings.account });
	const records = useRecords(outbox, recentLimit, start.records);
	const online = useOnline();
	const site = siteOf(start.tab?.url ?? "");
	const aimed = targetsFor(settings, site);
	const switching = useSwitchWorkspace();
	const [mended, setMended] = useState(0);
	const page = usePage(start.tab, aimed, mended);
	const [isQueueOpen, setQueueOpen] = useState(false);
	const [isPicking, setPicking] = useState(false);
	const handle = useEditor({ page, who: whoIs(settings.account), aimed, targets: settings.targets, outbox });
	useLook(records.unsettled);
	const feed = useFeed(settings.account, outbox);
	const { sent, sentNeedYou, others } = apart(handle.editor, records.recent);
	useKeys(handle, takeable(handle.editor, sent));
	useEffect(() => void askAnew(settings), [settings.account?.userId, settings.account?.workspaceId]);
	// The last popup may have been closed between its save and its own asking.
	useEffect(askFlush, []);

	const queue = { isOpen: isQueueOpen, open: () => setQueueOpen(true), close: () => setQueueOpen(false) };
	return (
		<>
			<Header
				{...{ settings, aimed, site, tab: start.tab }}
				queued={records.counts.waiting + records.counts.needsYou}
				onQueue={queue.open}
				onPickRows={() => setPicking(true)}
				onSwitch={switching.switchTo}
			/>
			<Strip settings={settings} switching={switching} />
			<RecipeStrip page={page} onMended={() => setMended(mended + 1)} />
			<main class="pane">
				<RecordPane {...{ page, handle, aimed, settings, online }} />
			</main>
			<SendBar handle={handle} settings={settings} aimed={aimed} records={sent} page={page} tab={start.tab} />
			<PopupFoot
				{...{ settings, outbox, records, online, feed, others, sentNeedYou, queue }}
				target={aimed[0] ?? null}
				onEdit={handle.openSaved}
			/>
			{isPicking && <PickDialog {...{ settings, online, feed, tab: start.tab }} onClose={() => setPicking(false)} />}
		</>
	);
}

/** Whose half-written records are kept apart: a person's in one workspace, or the guest's. */
function whoIs(account: Settings["account"]): string {
	return account === null ? "guest" : `${account.userId}:${account.workspaceId}`;
}

/** What the last press sent or took back, which the send bar says, and the rest, which the list does. */
function apart(editor: Editor | null, recent: readonly LocalRecord[]) {
	const live = new Map(recent.map((record) => [record.id, record]));
	// The list may not have heard of it yet, or have left it out because another record has taken its place.
	const stillSent = (editor?.sent ?? []).map(({ record }) => live.get(record.id) ?? record);
	const sent = [...stillSent, ...(editor?.takenBack ?? []).flatMap((id) => live.get(id) ?? [])];
	const ids = new Set(sent.map(({ id }) => id));
	return {
		sent,
		sentNeedYou: sent.filter(({ state }) => state === "needs_you").length,
		others: recent.filter(({ id }) => !ids.has(id)),
	};
}

/**
 * ⌘⏎ and Ctrl+Enter send from anywhere, Enter from one-line inputs and from nowhere in particular; ⌘Z and Ctrl+Z take back what was sent
 * from where nothing is typed; Esc leaves a saved record.
 */
function useKeys(handle: EditorHandle, back: readonly Taking[]): void {
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			// In a dialog the keys are the dialog's.
			const isElsewhere = event.target instanceof Element && event.target.closest("dialog, [popover]") !== null;
			if (event.defaultPrevented || event.isComposing || isElsewhere) return;
			if (event.key === "Escape" && handle.editor?.fromList) {
				event.preventDefault();
				handle.openPage();
			}
			if (event.key === "z" && (event.metaKey || event.ctrlKey) && back.length > 0 && !isTyping(event.target)) {
				event.preventDefault();
				void handle.takeBack(back);
			}
			if (event.key === "Enter" && (event.metaKey || event.ctrlKey || sendsOnEnter(event.target))) {
				event.preventDefault();
				// An input may just have taken on what stood in it: sent is what is drawn then.
				setTimeout(() => void handle.send());
			}
		};
		addEventListener("keydown", onKeyDown);
		return () => removeEventListener("keydown", onKeyDown);
	});
}

/** There, the keys take back what was typed. */
function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "checkbox");
}

function sendsOnEnter(target: EventTarget | null): boolean {
	if (target === document.body) return true;
	// There, Enter opens what the browser has for choosing, or a list of ours.
	const chooses = ["checkbox", "date", "time", "range"];
	if (target instanceof HTMLInputElement) return !chooses.includes(target.type) && target.role !== "combobox";
	// The title wraps like a text but is one line.
	return target instanceof HTMLTextAreaElement && target.classList.contains("record-title");
}

/** The targets and the role as the backend has them now; what is drawn already does not wait for it. */
async function askAnew(settings: Settings): Promise<void> {
	if (!settings.account) return;
	const { refreshTargets } = await import("../local/refresh-targets.ts");
	await Promise.allSettled([refreshTargets(), ask("account.refresh", {})]);
}
