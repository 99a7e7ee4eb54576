import { browser } from "wxt/browser";
import { note } from "../diagnostics/note.ts";
import { startRecorder } from "../diagnostics/start-recorder.ts";
import { listen } from "../messages/dispatch.ts";
import { saveForCurrent } from "../outbox/current-outbox.ts";
import { hurryAll } from "../outbox/queue.ts";
import { account, lastTargets, menu, selectedTargetId, siteTargets, targets, theme } from "../settings/items.ts";
import { chosenForSite, siteOf } from "../settings/site-targets.ts";
import { alarmName, type BackgroundContext, createContext, pictureAlarmName } from "./background-context.ts";
import { clearHint, showHint } from "./badge.ts";
import { captureTab } from "./capture-tab.ts";
import { endInterrupted, forgetTab } from "./collections.ts";
import { rebuildMenu } from "./context-menu.ts";
import { type Gesture, subjectOf } from "./gesture.ts";
import { createHandlers, refreshAccount } from "./handlers.ts";
import { listenForPicks, startPicking } from "./listen-for-picks.ts";
import { isPickEntry, isTablesEntry, targetOfEntry, targetsOfGesture } from "./menu.ts";
import { listenToOmnibox } from "./omnibox.ts";
import { openPanel } from "./open-panel.ts";
import { quickCapture } from "./quick-capture.ts";
import { shipDiagnostics } from "./ship-diagnostics.ts";
import { listenForChosen } from "./shots.ts";

type Tab = { id?: number | undefined; url?: string | undefined; title?: string | undefined };

/** A gesture as the browser reports it. */
type Reported = { tab: Tab | undefined; url: string; subject: Gesture["subject"]; namedTarget: string | null };

const send = async (context: BackgroundContext, reported: Reported): Promise<void> => {
	const { tab, url, subject } = reported;
	// Where the person is now: reading the page takes a while, and they may switch the workspace meanwhile. Before the targets, which are
	// emptied before a switch: those of one workspace are never meant for another.
	const outbox = await context.outbox.get().catch(() => undefined);
	const known = await targets.getValue();
	const selected = await selectedTargetId.getValue();
	const workspaceId = (await account.getValue())?.workspaceId ?? null;
	const forSite = chosenForSite(await siteTargets.getValue(), { workspaceId, site: siteOf(url) });
	const gesture: Gesture = {
		tabId: tab?.id ?? null,
		url,
		title: tab?.title ?? "",
		subject,
		targetIds: targetsOfGesture(known, { named: reported.namedTarget, selected, forSite }),
	};
	const outcome = await quickCapture(gesture, {
		captureTab,
		save: (capture, also) => saveForCurrent(context.outbox, capture, { atGesture: outbox, also }),
		targets: known,
	});
	if (gesture.tabId !== null) {
		await (outcome.hint === null ? clearHint(gesture.tabId) : showHint(gesture.tabId, outcome.hint));
	}
	if (!outcome.saved) return;
	await context.courier.paint();
	await context.courier.carry();
};

/** Once after the start of the browser or of a new version: menu, badge, what was left over, and the alarm. */
const begin = async (context: BackgroundContext): Promise<void> => {
	await rebuildMenu();
	await context.courier.carry();
	await refreshAccount(context);
	await context.pictures.tidy();
};

/** What waits out a back-off of up to five minutes failed for want of a network: it is due now. */
const backOnline = async (context: BackgroundContext): Promise<void> => {
	await context.outbox
		.get()
		.then(({ database }) => hurryAll(database))
		.catch(() => undefined);
	void context.pictures.hurry();
	await context.courier.carry();
};

/** Attaches every listener. Call it in the first turn of the worker and await nothing before. */
export const startBackground = (): void => {
	startRecorder("background");
	note("background.started", {});
	const context = createContext();
	shipDiagnostics(context.session);
	listen(createHandlers(context));
	browser.contextMenus.onClicked.addListener((info, tab) => {
		// Before anything is awaited: the gesture is what lets the panel open.
		if (isTablesEntry(info.menuItemId)) return openPanel("page", tab ?? {});
		if (isPickEntry(info.menuItemId)) return void startPicking(tab);
		const url = info.pageUrl ?? tab?.url ?? "";
		void send(context, { tab, url, subject: subjectOf(info), namedTarget: targetOfEntry(info.menuItemId) });
	});
	browser.commands.onCommand.addListener((command, tab) => {
		if (command === "bulk") openPanel("page", tab ?? {});
		if (command === "pick") void startPicking(tab);
		if (command !== "quick-send") return;
		void send(context, { tab, url: tab?.url ?? "", subject: { of: "page" }, namedTarget: null });
	});
	listenForPicks(context);
	listenForChosen(context.outbox);
	listenToOmnibox(context.outbox);
	browser.alarms.onAlarm.addListener((alarm) => {
		if (alarm.name === alarmName) void context.courier.carry();
		if (alarm.name === pictureAlarmName) void context.pictures.carry();
	});
	browser.runtime.onInstalled.addListener(({ reason }) => {
		// A newcomer is led by the first steps; an update interrupts nobody.
		note("extension.installed", { reason });
		if (reason === "install") void browser.runtime.openOptionsPage();
		void begin(context);
	});
	browser.runtime.onStartup.addListener(() => {
		note("browser.started", {});
		void begin(context);
	});
	browser.tabs.onRemoved.addListener((tabId) => void forgetTab(tabId).catch(() => undefined));
	addEventListener("online", () => void backOnline(context));
	for (const item of [targets, menu, siteTargets]) item.watch(() => void rebuildMenu());
	for (const item of [theme, menu, lastTargets]) item.watch(() => context.settings.changed());
	// Another person's or another workspace's records are now the ones to count and to carry.
	account.watch(() => void context.courier.carry());
	// A stop in the middle of a sign-out leaves something to put away, and any event may be the next start.
	void context.session.tidy().catch(() => undefined);
	void context.courier.resume();
	void endInterrupted().catch(() => undefined);
};
