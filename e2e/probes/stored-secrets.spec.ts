import { expect, test } from "../fixtures.ts";
import { OptionsPage } from "../pages/options.ts";
import { testPassword } from "../support/person.ts";
import { findStored } from "../support/stored-text.ts";
import { makeTestBase } from "../support/test-base.ts";

test("ACC-2: a token and a password that were typed into the extension are nowhere in what it keeps, and a leak would be found", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const { token } = await makeTestBase(stand.simulator);
	const options = await OptionsPage.open(browser);
	await options.signUp(`${crypto.randomUUID()}@sheaf.test`, testPassword);
	await options.connectAirtable(token);
	await options.useSuggestedTarget();
	const secrets = [token, testPassword];
	expect(await findStored(options.page, secrets)).toEqual([]);
	// It is the extension's own storage that was looked at.
	expect(await findStored(options.page, ["@sheaf.test"])).toEqual(["@sheaf.test"]);

	await options.page.evaluate((leak) => chrome.storage.local.set({ leak }), token);
	expect(await findStored(options.page, secrets)).toEqual([token]);
	await options.page.evaluate(
		(leak) =>
			new Promise<void>((resolve, reject) => {
				const opening = indexedDB.open("leak", 1);
				opening.onupgradeneeded = () => void opening.result.createObjectStore("leak").add({ inside: [leak] }, 1);
				opening.onsuccess = () => resolve();
				opening.onerror = () => reject(new Error("It cannot be opened."));
			}),
		testPassword,
	);
	expect(await findStored(options.page, secrets)).toEqual(secrets);
});
