import { createHmac, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { type Received, startReceiver } from "../../backend/connectors/test-receiver.ts";
import type { TargetList } from "../../backend/contract/targets.ts";
import { expect, test } from "../fixtures.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";

/** The text of the field that is there to be copied. */
const shown = (page: Page, label: string) => page.getByLabel(label, { exact: true }).inputValue();

test("SYNC-7: a program that was added as a webhook is told that a record has arrived, signed", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { page } = person;
	const received: Received[] = [];
	const receiver = await startReceiver((message) => {
		if (message.method === "POST") received.push(message);
		return { status: 200, text: "" };
	});
	try {
		await page.bringToFront();
		await page.getByRole("navigation").getByRole("link", { name: "Webhooks" }).click();
		await expect(page.getByText("No program is told of anything yet.")).toBeVisible();
		await page.getByLabel("Address").fill("http://127.0.0.1:1/nobody");
		await page.getByRole("button", { name: "Check the address and add it" }).click();
		await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
		await page.getByLabel("Address").fill(`${receiver.url}/heard?key=private`);
		await page.getByRole("button", { name: "Check the address and add it" }).click();
		const secret = new Webhook(await shown(page, "Its signing secret"));
		const card = page.getByRole("main").getByRole("listitem");
		await expect(card).toContainText("nothing taken yet");
		await expect(card).not.toContainText("private");
		await card.getByRole("button", { name: "Send a test" }).click();
		await expect(card.getByText("The test arrived.")).toBeVisible();

		const note = stand.sites.note("told");
		await captureByPopup(browser, note.url);
		await waitForRows({ simulator: stand.simulator, base }, [note.url]);
		const told = () => received.map(({ text }) => JSON.parse(text) as { type: string; data: { test?: true } });
		await expect.poll(() => told().filter(({ type }) => type === "record.delivered").length).toBeGreaterThanOrEqual(2);
		for (const { text, headers } of received) secret.verify(text, Object.fromEntries(headers));
		await page.reload();
		await expect(card).toContainText("last taken just now");
		await expect(page.getByLabel("Its signing secret")).toBeHidden();
		await card.getByRole("button", { name: /^Delete/ }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
		await expect(page.getByText("No program is told of anything yet.")).toBeVisible();
	} finally {
		await receiver.stop();
	}
});

test("SYNC-7: a target that gathers is started by a signed message to the address its page makes", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const { page } = person;
	const [target] = (await person.api<TargetList>("GET", "/api/v1/targets")).body.targets;
	await person.api("PATCH", `/api/v1/targets/${target?.id}`, { frequency: "manual" });
	const note = stand.sites.note("started-from-outside");
	await captureByPopup(browser, note.url);
	await page.bringToFront();
	await page.getByRole("navigation").getByRole("link", { name: "Targets" }).click();
	await page.getByRole("link", { name: "Edit" }).click();
	const section = page.getByRole("region", { name: "Start it from outside" });
	await section.getByRole("button", { name: "Make an address" }).click();
	const secret = await shown(page, "Its signing secret");
	const address = await shown(page, "Its address");
	await expect(section).toContainText("Not used yet.");
	expect((await send({ address, secret: `whsec_${randomBytes(24).toString("base64")}` })).status).toBe(401);
	expect(await (await send({ address, secret })).json()).toEqual({ queued: 1 });
	await waitForRows({ simulator: stand.simulator, base }, [note.url]);
	await page.reload();
	await expect(section).toContainText("Last used just now.");
	await section.getByRole("button", { name: "Take it away" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Take it away" }).click();
	await expect(section).toContainText("It has no such address.");
	expect((await send({ address, secret })).status).toBe(404);
});

/** As any program would: HMAC-SHA256 over id, time and body. */
async function send({ address, secret }: { address: string; secret: string }): Promise<Response> {
	const id = `msg_${crypto.randomUUID()}`;
	const at = String(Math.floor(Date.now() / 1_000));
	const key = Buffer.from(secret.replace("whsec_", ""), "base64");
	const signature = createHmac("sha256", key).update(`${id}.${at}.{}`).digest("base64");
	const headers = { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": `v1,${signature}` };
	return await fetch(address, {
		method: "POST",
		headers: { ...headers, "content-type": "application/json" },
		body: "{}",
	});
}
