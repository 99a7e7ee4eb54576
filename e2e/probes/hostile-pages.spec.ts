import { readdirSync, readFileSync } from "node:fs";
import { type Browser, type CDPSession, chromium, expect, type Page, test } from "@playwright/test";
import type { CaptureReply, CaptureRequest } from "../../extension/capture/draft.ts";
import { leaksOf } from "../../extension/capture/test-leaks.ts";
import { findChromium } from "../support/find-browser.ts";
import { builtExtension, inRepository } from "../support/paths.ts";

const folder = inRepository("extension/capture/hostile/");
const files = readdirSync(folder).filter((name) => name.endsWith(".html"));
const address = "https://evil.example/page";

const requests: CaptureRequest[] = [
	{ subject: { of: "page" }, withBody: false },
	{ subject: { of: "page" }, withBody: true },
	{ subject: { of: "selection", text: "picked" }, withBody: false },
	{ subject: { of: "link", url: "https://evil.example/x", text: "" }, withBody: false },
	{ subject: { of: "image", url: "https://evil.example/a.png" }, withBody: false },
];

/** In the page's own world, before any of its scripts: counts what is fired, and what changes in the document. */
const watch = `(() => {
	let fired = 0;
	let changes = 0;
	globalThis.fire = () => { fired += 1; };
	new MutationObserver((records) => { changes += records.length; })
		.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
	globalThis.seen = () => "fired " + fired + ", changes " + changes;
})()`;

/** A hostile page with the built capture scripts in a world of their own, as the browser injects them. */
class HostilePage {
	readonly #session: CDPSession;
	readonly #world: number;
	/** Requests and dialogs since the page was opened. */
	readonly #outward: string[];

	private constructor(session: CDPSession, world: number, outward: string[]) {
		this.#session = session;
		this.#world = world;
		this.#outward = outward;
	}

	static async open(page: Page, html: string): Promise<HostilePage> {
		const outward: string[] = [];
		page.on("request", (request) => outward.push(request.url()));
		page.on("dialog", (dialog) => {
			outward.push(`a dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
		await page.addInitScript(watch);
		await page.route("https://evil.example/**", (route) =>
			route.request().url() === address
				? route.fulfill({ body: html, contentType: "text/html; charset=utf-8" })
				: route.fulfill({ status: 404, body: "" }),
		);
		await page.goto(address);
		const session = await page.context().newCDPSession(page);
		const { frameTree } = await session.send("Page.getFrameTree");
		const frameId = frameTree.frame.id;
		const made = await session.send("Page.createIsolatedWorld", { frameId, worldName: "sheaf" });
		const opened = new HostilePage(session, made.executionContextId, outward);
		for (const script of ["capture.js", "capture-body.js", "capture-tables.js"])
			await opened.run(readFileSync(`${builtExtension}/${script}`, "utf8"));
		return opened;
	}

	/** Evaluates in the capture's world. */
	async run<Value>(expression: string): Promise<Value> {
		const parameters = { expression, contextId: this.#world, returnByValue: true, awaitPromise: true };
		const { result, exceptionDetails } = await this.#session.send("Runtime.evaluate", parameters);
		if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
		return result.value as Value;
	}

	ask(request: CaptureRequest): Promise<CaptureReply> {
		return this.run(`sheafCapture(${JSON.stringify(request)})`);
	}

	/** What the page noticed and asked for so far, once nothing more comes of what was done to it. */
	async noticed(): Promise<string> {
		const frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))";
		for (let before = ""; ; ) {
			await this.run(frames);
			const { result } = await this.#session.send("Runtime.evaluate", { expression: "seen()", returnByValue: true });
			const now = `${String(result.value)}, outward ${this.#outward.join(" ")}`;
			if (now === before) return now;
			before = now;
		}
	}
}

test.describe("CAP-6: a hostile page in a real browser", () => {
	let browser: Browser;
	test.beforeAll(async () => {
		const executablePath = findChromium();
		if (executablePath === null) throw new Error("No Chromium: run `npm test`, which installs one.");
		browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
	});
	test.afterAll(() => browser.close());

	for (const file of files) {
		test(`${file.replace(".html", "")} notices nothing, asks for nothing, and is answered`, async () => {
			const page = await browser.newPage();
			const hostile = await HostilePage.open(page, readFileSync(folder + file, "utf8"));
			const before = await hostile.noticed();
			for (const request of requests) {
				const reply = await hostile.ask(request);
				if (!reply.ok) throw new Error(`${JSON.stringify(request)}: ${reply.reason}`);
				expect(leaksOf(reply.draft), JSON.stringify(request)).toEqual([]);
				if (request.subject.of === "page")
					expect(reply.draft.fields["title"]).toEqual({ type: "text", value: "Honest title" });
			}
			expect(await hostile.run("sheafTables({ do: 'find' })")).toMatchObject({ ok: true });
			expect(await hostile.noticed()).toBe(before);
			await page.close();
		});
	}

	test("what a capture must not do would be noticed", async () => {
		const page = await browser.newPage();
		const html = readFileSync(`${folder}own-elements-on-a-large-page.html`, "utf8");
		const hostile = await HostilePage.open(page, html);
		const before = await hostile.noticed();
		await hostile.run("void document.querySelector('article').cloneNode(true)");
		const cloned = await hostile.noticed();
		expect(cloned).not.toBe(before);
		await hostile.run("document.querySelector('h1').setAttribute('class', 'read')");
		expect(await hostile.noticed()).not.toBe(cloned);
		await page.close();
	});
});
