import type { Analytics } from "../../backend/contract/activity.ts";
import { expect, test } from "../fixtures.ts";
import { captureByPopup } from "../support/captures.ts";

test("SYNC-8: what was delivered is a number, a day and a line with who did it", async ({ stand, getReady }) => {
	const { browser, person } = await getReady();
	const note = stand.sites.note("counted");
	await captureByPopup(browser, note.url);
	const delivered = async () => (await person.api<Analytics>("GET", "/api/v1/analytics?days=1")).body.total.delivered;
	await expect.poll(delivered).toBe(1);
	const { page } = person;
	await page.bringToFront();
	await page.getByRole("navigation").getByRole("link", { name: "Activity" }).click();
	await expect(page.getByRole("term").filter({ hasText: "Delivered" })).toBeVisible();
	await expect(page.getByRole("img", { name: "1 record delivered and 0 not, over 30 days" })).toBeVisible();
	await page.getByText("As a table").click();
	await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
	const changes = page.getByRole("region", { name: "What was changed" });
	await expect(changes.getByRole("listitem").first()).toContainText(`${person.email} saved the record ${note.title}`);
	await changes.getByLabel("About").selectOption("Targets");
	await expect(changes.getByRole("listitem")).toHaveCount(1);
	await expect(changes.getByRole("listitem")).toContainText("added the target");
	await page.getByRole("radio", { name: "7 days" }).press("Space");
	await expect(page.getByRole("img", { name: "over 7 days" })).toBeVisible();
});
