import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page, type Worker } from "playwright";
import { findChromium } from "./find-browser.ts";
import { builtExtension, testResults } from "./paths.ts";
import { holdStill, stillEnv, stillFlags } from "./still-browser.ts";
import { TargetSession } from "./target-session.ts";
import { waitUntil } from "./wait-until.ts";

/** Fixed by the manifest's key (wxt.config.ts). */
export const extensionId = "moidlpphjgnoddghoomigklflpmjakhk";
export const extensionUrl = (path: string): string => `chrome-extension://${extensionId}/${path}`;

export type BrowserOptions = {
	/** The backend's address, written into the extension's settings. */
	serverUrl: string;
	/** An X display for a browser that can be touched; left out: headless. */
	display?: string;
	/** A profile to go on with; left out: a fresh one. */
	profile?: string;
	/** Another unpacked extension in place of the built one (measurements). */
	extension?: string;
	/** The language that the extension speaks, like "de"; left out: the browser's where Sheaf has it, else English. */
	locale?: string;
	/** Whether its pages are to look the same on every machine, for pictures that are compared. */
	still?: boolean;
};

/** A real Chromium with the built extension, on a profile of its own. */
export type SheafBrowser = {
	context: BrowserContext;
	profile: string;
	/** The extension's background; started when it sleeps. */
	worker(): Promise<Worker>;
	/** One of the extension's pages in a tab. */
	openExtensionPage(path: string): Promise<Page>;
	/** The toolbar button's effect by the browser itself: grants activeTab for the page and opens the real popup. */
	openPopupOn(page: Page): Promise<TargetSession>;
	/** Stops the background as the browser does when it is idle, whatever it is doing. */
	stopServiceWorker(): Promise<void>;
	/** SIGKILL to the browser. The profile stays. */
	kill(): Promise<void>;
	/** Closes the browser; the profile stays. */
	close(): Promise<void>;
	removeProfile(): void;
};

const copied = new Set<string>();

/** The artefact as it was when this process began: a build beside a running test would take its files away. */
function ownCopy({ locale = "", still = false }: BrowserOptions): string {
	const copy = `${testResults}/extension-${process.pid}${locale}${still ? "-still" : ""}`;
	if (copied.has(copy)) return copy;
	cpSync(builtExtension, copy, { recursive: true });
	if (locale !== "") speakOnly(copy, locale);
	if (still) holdStill(copy);
	copied.add(copy);
	return copy;
}

/** A browser speaks the languages that were installed with it; an extension that has one language speaks that one in all of them. */
function speakOnly(extension: string, locale: string): void {
	const messages = (one: string): Record<string, unknown> =>
		JSON.parse(readFileSync(`${extension}/_locales/${one}/messages.json`, "utf8"));
	// What is in English alone belongs to all languages.
	writeFileSync(
		`${extension}/_locales/${locale}/messages.json`,
		JSON.stringify({ ...messages("en"), ...messages(locale) }),
	);
	for (const other of readdirSync(`${extension}/_locales`)) {
		if (other !== locale) rmSync(`${extension}/_locales/${other}`, { recursive: true });
	}
	const manifest = JSON.parse(readFileSync(`${extension}/manifest.json`, "utf8")) as Record<string, unknown>;
	writeFileSync(`${extension}/manifest.json`, JSON.stringify({ ...manifest, default_locale: locale }));
}

/** Needed as root, and without a network; harmless elsewhere. */
const chromiumFlags = [
	"--no-sandbox",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--no-first-run",
	"--disable-quic",
	"--enable-unsafe-extension-debugging",
	"--window-position=0,0",
	"--window-size=1200,800",
];

export async function launchBrowser(options: BrowserOptions): Promise<SheafBrowser> {
	const extension = options.extension ?? ownCopy(options);
	const profile = options.profile ?? makeProfile();
	const executablePath = findChromium();
	if (!executablePath) throw new Error("No Chromium: run `npm test`, which installs one, or set SHEAF_CHROMIUM.");
	const still = options.still === true;
	const env = {
		...process.env,
		...(still ? stillEnv : {}),
		...(options.display === undefined ? {} : { DISPLAY: options.display }),
	};
	const context = await chromium.launchPersistentContext(profile, {
		executablePath,
		headless: options.display === undefined,
		ignoreDefaultArgs: ["--disable-extensions"],
		args: [
			...chromiumFlags,
			...(still ? stillFlags : []),
			`--disable-extensions-except=${extension}`,
			`--load-extension=${extension}`,
		],
		env,
		// A touched browser has the size of its window, so that points on the screen are points of the page.
		...(options.display === undefined ? {} : { viewport: null }),
	});
	// What a person would wait for at most; the default is the whole test.
	context.setDefaultTimeout(15_000);
	const sheaf = controls(context, profile);
	if (options.extension === undefined) await setServerUrl(await sheaf.worker(), options.serverUrl);
	return sheaf;
}

function controls(context: BrowserContext, profile: string): SheafBrowser {
	return {
		context,
		profile,
		worker: () => wakeWorker(context),
		openExtensionPage: async (path) => {
			const page = await context.newPage();
			const address = extensionUrl(path);
			await page.goto(address).catch(async (error: Error) => {
				// Chromium may begin the same navigation anew while the page moves to the extension's process.
				if (!error.message.includes(`interrupted by another navigation to "${address}"`)) throw error;
				await page.waitForURL(address);
			});
			return page;
		},
		openPopupOn: (page) => openPopupOn(browserOf(context), page),
		stopServiceWorker: () => stopServiceWorker(context),
		kill: () => killBrowser(context),
		close: async () => {
			await context.close();
		},
		removeProfile: () => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
	};
}

/** With the extension pinned, so that its button is on the toolbar. */
function makeProfile(): string {
	const profile = mkdtempSync(join(tmpdir(), "sheaf-profile-"));
	mkdirSync(join(profile, "Default"));
	writeFileSync(
		join(profile, "Default", "Preferences"),
		JSON.stringify({ extensions: { pinned_extensions: [extensionId] }, session: { restore_on_startup: 5 } }),
	);
	return profile;
}

export function browserOf(context: BrowserContext): Browser {
	const browser = context.browser();
	if (!browser) throw new Error("The context has lost its browser.");
	return browser;
}

async function wakeWorker(context: BrowserContext): Promise<Worker> {
	const isOurs = (worker: Worker) => worker.url().startsWith("chrome-extension://");
	const running = context.serviceWorkers().find(isOurs);
	return running ?? (await context.waitForEvent("serviceworker", { predicate: isOurs, timeout: 15_000 }));
}

/** The settings item `serverUrl` of extension/settings/items.ts, written as the options page would write it. */
async function setServerUrl(worker: Worker, serverUrl: string): Promise<void> {
	await worker.evaluate((url) => chrome.storage.local.set({ serverUrl: url }), serverUrl);
}

async function openPopupOn(browser: Browser, page: Page): Promise<TargetSession> {
	await page.bringToFront();
	const session = await browser.newBrowserCDPSession();
	const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "tab" }] });
	const tab = targetInfos.find((info) => info.url === page.url());
	if (!tab) throw new Error(`No tab shows ${page.url()}.`);
	// Newer than Playwright's own list of commands, hence the untyped call.
	const send = session.send.bind(session) as (method: string, params: object) => Promise<unknown>;
	await send("Extensions.triggerAction", { id: extensionId, targetId: tab.targetId });
	return await TargetSession.attach(browser, extensionUrl("popup.html"));
}

async function stopServiceWorker(context: BrowserContext): Promise<void> {
	const page = context.pages()[0] ?? (await context.newPage());
	const session = await context.newCDPSession(page);
	const statuses = new Map<string, string>();
	let wasStopped = false;
	session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
		for (const version of versions) statuses.set(version.versionId, version.runningStatus);
		wasStopped ||= versions.some(({ runningStatus }) => runningStatus === "stopped");
	});
	await session.send("ServiceWorker.enable");
	wasStopped = false;
	await session.send("ServiceWorker.stopAllWorkers");
	// An open page may have woken it again by the time that we look.
	await waitUntil("the service worker to stop", () => wasStopped || [...statuses.values()].includes("stopped"));
	await session.detach();
}

async function killBrowser(context: BrowserContext): Promise<void> {
	const session = await browserOf(context).newBrowserCDPSession();
	const { processInfo } = await session.send("SystemInfo.getProcessInfo");
	const main = processInfo.find((info) => info.type === "browser");
	if (!main) throw new Error("The browser does not say which process it is.");
	const closed = context.waitForEvent("close", { timeout: 15_000 });
	process.kill(main.id, "SIGKILL");
	await closed;
}
