import type { ConnectionList } from "../../backend/contract/connections.ts";
import type { SelectionView } from "../../backend/contract/selections.ts";
import { expect, test } from "../connect-fixtures.ts";
import { connectBy } from "../support/connect-by-window.ts";
import { connectTarget, type Person, signUp } from "../support/person.ts";
import { makeTestBase } from "../support/test-base.ts";

const lampes = "9007199254740993123";

/** Campaigns of the chosen account, picked into a table. */
async function select({ api }: Person, targetId: string): Promise<SelectionView> {
	const { body } = await api<ConnectionList>("GET", "/api/v1/connections");
	const connection = body.connections.find(({ provider }) => provider === "amazon-ads");
	const selection = await api<SelectionView>("POST", "/api/v1/selections", {
		name: "Campaigns",
		connectionId: connection?.id,
		place: { containerId: "sponsored-products", tableId: "sp-campaigns", profileId: `eu:${lampes}` },
		targetId,
	});
	expect(selection).toMatchObject({ status: 200 });
	return selection.body;
}

test("J7, ACC-1, ACC-4: Amazon Ads is connected in its own window; one of the login's accounts is chosen and stays, with what was picked, when access was taken back and is given anew; it is no place for records", async ({
	airtable,
	amazon,
	openBrowser,
	stand,
}) => {
	const shop = { region: "eu", currencyCode: "EUR", timezone: "Europe/Paris", type: "vendor" } as const;
	await amazon.addProfile({ ...shop, number: "3201", name: "Lampen GmbH", countryCode: "DE" });
	await amazon.addProfile({ ...shop, number: lampes, name: "Lampes SARL", countryCode: "FR" });
	const browser = await openBrowser();
	const person = await signUp(browser, stand.backend.url);
	const { page } = person;
	const target = await connectTarget(person, await makeTestBase(airtable));
	await page.bringToFront();
	await page.getByRole("navigation").getByRole("link", { name: "Connections" }).click();
	await connectBy(browser, () => page.getByRole("button", { name: "Connect with Amazon Ads" }).click(), "Allow");
	await page.bringToFront();

	const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Amazon Ads", level: 2 }) });
	await expect(card.getByText("Connected", { exact: true })).toBeVisible();
	await card.getByRole("radio", { name: /Lampes SARL.*Europe · FR · EUR · vendor · 9007199254740993123/ }).check();
	await card.getByRole("button", { name: "Use this account" }).click();
	await expect(card.getByText("works with Lampes SARL")).toBeVisible();
	await expect(card.getByText(`Europe · FR · EUR · vendor · ${lampes}`, { exact: true })).toBeVisible();
	await page.reload();
	await expect(card.getByText("works with Lampes SARL")).toBeVisible();
	await expect(card.getByText(/^checked /)).toBeVisible();
	await expect(card.getByRole("link", { name: "Add a target" })).toHaveCount(0);

	const selection = await select(person, target.id);
	await amazon.revokeGrants();
	await card.getByRole("button", { name: "Change account" }).click();
	await expect(card.getByRole("button", { name: "Try again" })).toBeVisible();
	await page.reload();
	await expect(card.getByText("Needs reconnecting")).toBeVisible();
	await connectBy(browser, () => card.getByRole("button", { name: "Reconnect" }).click(), "Allow");
	await page.bringToFront();
	await expect(card.getByText("Connected", { exact: true })).toBeVisible();
	await expect(card.getByText("works with Lampes SARL")).toBeVisible();
	const { body: kept } = await person.api<SelectionView>("GET", `/api/v1/selections/${selection.id}`);
	expect(kept).toEqual({ ...selection, updatedAt: kept.updatedAt });

	await card.getByRole("button", { name: "Disconnect" }).click();
	const dialog = page.getByRole("dialog");
	await expect(dialog.getByRole("link", { name: "Take the access back at Amazon Ads" })).toBeVisible();
	await dialog.getByRole("button", { name: "Disconnect" }).click();
	await expect(card.getByText("Disconnected", { exact: true })).toBeVisible();
});
