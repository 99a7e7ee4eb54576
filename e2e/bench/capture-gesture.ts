import type { Page } from "playwright";
import { Popup } from "../pages/popup.ts";
import { launchBrowser, type SheafBrowser } from "../support/browser.ts";
import { connectTarget, signUp } from "../support/person.ts";
import { makeTestBase } from "../support/test-base.ts";
import { type Figure, figure, type Measurement, median, ratios } from "./figure.ts";
import { withStand } from "./with-stand.ts";

const rounds = 9;
/** The mark that every write of the outbox leaves when its transaction is on disk (extension/outbox/database.ts). */
const writeMark = "sheaf:outbox-write";

/** (c) From the press on Send to the record on disk, over one bare write with the same durability in the same popup. */
export const captureGesture: Measurement = {
	name: "capture-gesture",
	usesExtension: true,
	measure: () =>
		withStand("bench-gesture", async (stand) => {
			const browser = await launchBrowser({ serverUrl: stand.proxy.url });
			try {
				const person = await signUp(browser, stand.backend.url);
				await connectTarget(person, await makeTestBase(stand.simulator));
				const page = await browser.context.newPage();
				const measured = { gesture: [] as number[], bare: [] as number[] };
				for (let round = 0; round <= rounds; round += 1) {
					const { gesture, bare } = await measureOnce(
						browser,
						page,
						`${stand.sites.url}/shop-product.html?round=${round}`,
					);
					// The first popup warms the caches up and is not counted.
					if (round === 0) continue;
					measured.gesture.push(gesture);
					measured.bare.push(bare);
				}
				return [asFigure(measured)];
			} finally {
				await browser.close();
				browser.removeProfile();
			}
		}),
};

function asFigure({ gesture, bare }: { gesture: number[]; bare: number[] }): Figure {
	return figure({
		id: "capture-gesture",
		title: "Press on Send until the record is on disk, over one bare write",
		unit: "ratio",
		rounds: ratios(gesture, bare),
		details: { "gesture ms": median(gesture).toFixed(1), "bare write ms": median(bare).toFixed(1) },
	});
}

async function measureOnce(browser: SheafBrowser, page: Page, url: string): Promise<{ gesture: number; bare: number }> {
	await page.goto(url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Title");
	const bare = await popup.evaluate<number>(bareWrite);
	await popup.evaluate(noteThePress);
	await popup.press("Send");
	await popup.saved();
	const gesture = await popup.evaluate<number>(
		`performance.getEntriesByName("${writeMark}").at(-1).startTime - window.pressedAt`,
	);
	await popup.close();
	return { gesture, bare };
}

const noteThePress = `addEventListener("click", () => { window.pressedAt = performance.now(); }, { capture: true, once: true })`;

/** One put of about a record's size, to disk: the least a durable save can cost here. */
const bareWrite = `new Promise((resolve, reject) => {
	const opening = indexedDB.open("bench-bare", 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { keyPath: "id" });
	opening.onerror = () => reject(opening.error);
	opening.onsuccess = () => {
		const start = performance.now();
		const transaction = opening.result.transaction("rows", "readwrite", { durability: "strict" });
		transaction.objectStore("rows").put({ id: crypto.randomUUID(), text: "x".repeat(1_000) });
		transaction.oncomplete = () => { opening.result.close(); resolve(performance.now() - start); };
	};
})`;
