import type { RecordState } from "../../extension/outbox/types.ts";
import { Popup } from "../pages/popup.ts";
import type { BrowserOptions, SheafBrowser } from "../support/browser.ts";
import { connectTarget, type Person, signUp } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";
import { makeTestBase, type TestBase } from "../support/test-base.ts";
import { waitUntil } from "../support/wait-until.ts";
import { wordsIn } from "../support/words-in.ts";

export type Languages = "en" | "ar";

/** Somebody whose pages are looked at: with a name, a table, and a browser that shows them the same everywhere. */
export type Scene = { browser: SheafBrowser; person: Person; base: TestBase; targetId: string };

type Opening = {
	stand: Stand;
	openBrowser: (options?: Partial<BrowserOptions>) => Promise<SheafBrowser>;
	locale: Languages;
};

export async function openScene({ stand, openBrowser, locale }: Opening): Promise<Scene> {
	const browser = await openBrowser({ locale, still: true });
	const person = await signUp(browser, stand.backend.url, "ada@sheaf.test");
	await person.api("PATCH", "/api/v1/users/me", { firstName: "Ada", lastName: "Lind", timezone: "Europe/Lisbon" });
	const base = await makeTestBase(stand.simulator);
	const { id } = await connectTarget(person, base);
	return { browser, person, base, targetId: id };
}

/** A record that arrived, and one that its table refuses: states that stay as they are for as long as they are looked at. */
export async function saveSome({ browser, base }: Scene, stand: Stand, locale: Languages): Promise<void> {
	const { send } = wordsIn(locale, "popup") as { send: string };
	const capture = async (url: string, until: RecordState, category?: string) => {
		const page = await browser.context.newPage();
		await page.goto(url);
		const popup = await Popup.openOn(browser, page);
		if (category !== undefined) await chooseNew(popup, "Category", category);
		await popup.press(send);
		await popup.waitForSent(until);
		await popup.close();
		await page.close();
	};
	await capture(stand.sites.note("delivered").url, "delivered");
	// Who may edit rows may not make options.
	await stand.simulator.settings({ permission: { base: base.id, level: "edit" } });
	await capture(`${stand.sites.url}/news-article.html`, "needs_you", "Essays");
	await stand.simulator.settings({ permission: { base: base.id, level: "create" } });
}

/** An option that the column does not have, whatever the words for adding one are. */
async function chooseNew(popup: Popup, label: string, text: string): Promise<void> {
	await popup.fill(label, text);
	await waitUntil("the option to be offered", async () => (await popup.activeOption(label))?.includes(text));
	await popup.key("Enter");
	await waitUntil("the option to be taken", async () => (await popup.field(label)) === "");
}
