import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findProgram } from "../support/find-browser.ts";
import { builtForFirefox } from "../support/paths.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The manifest's (wxt.config.ts). */
const geckoId = "{6f0c2c1e-3a54-4a0c-9d0e-5b7c8f1f2a91}";
/** A profile gives each extension a random host; this one has it told beforehand. */
const extensionHost = "1f2a913a-544a-4c9d-8e5b-7c8f6f0c2c1e";

/** A real Firefox with the built extension on a display, on a profile of its own. */
export type SheafFirefox = {
	/** One of the extension's pages, in a tab. */
	openExtensionPage(path: string): Promise<Page>;
	openPage(url: string): Promise<Page>;
	/** The first open page whose address begins so. */
	waitForPage(urlStart: string): Promise<Page>;
	close(): Promise<void>;
};

/** The program, or null where there is none. */
export const findFirefox = (): string | null => process.env.SHEAF_FIREFOX ?? findProgram("firefox-esr");

const preferences = {
	"extensions.webextensions.uuids": JSON.stringify({ [geckoId]: extensionHost }),
	"browser.aboutwelcome.enabled": false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"app.update.auto": false,
};

/** @param options.serverUrl the backend's address, written into the extension's settings */
export async function launchFirefox(options: { serverUrl: string; display: string }): Promise<SheafFirefox> {
	const executablePath = findFirefox();
	if (!executablePath) throw new Error("No Firefox: run `npm test`, which installs one, or set SHEAF_FIREFOX.");
	const home = mkdtempSync(join(tmpdir(), "sheaf-firefox-"));
	const browser = await puppeteer.launch({
		browser: "firefox",
		executablePath,
		headless: false,
		// Firefox 153 on opens an extension's pages to WebDriver only with this flag.
		args: ["--remote-allow-system-access", "--width=1200", "--height=800"],
		env: { ...process.env, DISPLAY: options.display, HOME: home },
		extraPrefsFirefox: preferences,
	});
	await browser.installExtension(builtForFirefox);
	const firefox = controls(browser, home);
	const page = await firefox.openExtensionPage("options.html");
	await page.evaluate((serverUrl) => chrome.storage.local.set({ serverUrl }), options.serverUrl);
	await page.close();
	return firefox;
}

/** Runs in the page. */
function whatIsAt(address: string): string {
	if (location.href !== address || document.readyState !== "complete") return "loading";
	return typeof chrome === "object" ? "the extension's" : "another page";
}

function controls(browser: Browser, home: string): SheafFirefox {
	const pageAt = async (urlStart: string) => {
		for (const page of await browser.pages()) if (page.url().startsWith(urlStart)) return page;
		return null;
	};
	return {
		openExtensionPage: async (path) => {
			const page = await browser.newPage();
			const address = `moz-extension://${extensionHost}/${path}`;
			// The page moves to the extension's process, and Puppeteer takes that for the end of its frame.
			const go = () => void page.goto(address).catch(() => undefined);
			go();
			await waitUntil(`${path} in Firefox`, async () => {
				const shown = await page.evaluate(whatIsAt, address).catch(() => "loading");
				// Asked too early after it was installed, Firefox puts a page of its own at that address.
				if (shown === "another page") go();
				return shown === "the extension's";
			});
			return page;
		},
		openPage: async (url) => {
			const page = await browser.newPage();
			await page.goto(url);
			await page.bringToFront();
			return page;
		},
		waitForPage: (urlStart) => waitUntil(`a page at ${urlStart}`, () => pageAt(urlStart)),
		close: async () => {
			await browser.close();
			rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
		},
	};
}
