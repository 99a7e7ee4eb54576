import type { Page } from "@playwright/test";
import type { ConnectionView } from "../../backend/contract/connections.ts";
import type { SelectionView } from "../../backend/contract/selections.ts";
import type { TargetView } from "../../backend/contract/targets.ts";
import { expect, test } from "../fixtures.ts";
import { violationsOf } from "../support/axe.ts";
import type { Person } from "../support/person.ts";

const urlOf = (number: number) => `https://shop.example/lamp-${number}`;
const csv = (name: string, lines: readonly string[]) => ({
	name,
	mimeType: "text/csv",
	buffer: Buffer.from(["title;url", ...lines].join("\r\n")),
});
const workbook = { name: "lamps.xlsx", mimeType: "", buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 8, 0, 0, 7]) };

const violations = (page: Page) => violationsOf((expression) => page.evaluate(expression));

/** Everything in the file goes to the person's table. */
async function pickAll({ api }: Person): Promise<void> {
	const { connections } = (await api<{ connections: ConnectionView[] }>("GET", "/api/v1/connections")).body;
	const [target] = (await api<{ targets: TargetView[] }>("GET", "/api/v1/targets")).body.targets;
	const selection = await api<SelectionView>("POST", "/api/v1/selections", {
		name: "Lamps",
		connectionId: connections.find(({ provider }) => provider === "file")?.id,
		place: { containerId: "", tableId: "rows" },
		targetId: target?.id,
	});
	expect(selection).toMatchObject({ status: 200 });
}

test("J6: a file is added, what is none is refused in words; its rows land, and a newer file in its place is followed", async ({
	stand,
	getReady,
}) => {
	const { person, base } = await getReady();
	const { page } = person;
	const urls = async () =>
		(await stand.simulator.rows(base.id, base.table)).map(({ cells }) => String(cells["URL"])).toSorted();
	await page.bringToFront();
	await page.getByRole("navigation").getByRole("link", { name: "Connections" }).click();
	await page.getByRole("link", { name: "Add a file" }).click();
	const form = page.getByRole("form", { name: "Add a file" });
	await form.getByLabel("File", { exact: true }).setInputFiles(workbook);
	await expect(form.getByText("The file is at the server.")).toBeVisible();
	await form.getByRole("button", { name: "Add a file" }).click();
	await expect(form.getByRole("alert")).toContainText("This file is no plain text");

	// More than one part of an upload, of which the last row is far behind the first.
	const filling = Array.from({ length: 3 }, () => " ".repeat(500_000));
	const older = csv("lamps.csv", [`Lamp 1;${urlOf(1)}`, ...filling, `"Lamp; 2";${urlOf(2)}`]);
	await form.getByLabel("File", { exact: true }).setInputFiles(older);
	await expect(form.getByText("The file is at the server.")).toBeVisible();
	await form.getByLabel("Column that tells rows apart").fill("url");
	expect(await violations(page)).toEqual([]);
	await form.getByRole("button", { name: "Add a file" }).click();
	const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "lamps.csv", level: 2 }) });
	await expect(card.getByText("Connected", { exact: true })).toBeVisible();

	await pickAll(person);
	await page.getByRole("navigation").getByRole("link", { name: "Selections" }).click();
	const selection = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Lamps" }) });
	await selection.getByRole("button", { name: "Run now" }).click();
	await expect(selection.getByText("2 new")).toBeVisible();
	await expect.poll(urls).toEqual([urlOf(1), urlOf(2)]);

	await page.getByRole("navigation").getByRole("link", { name: "Connections" }).click();
	await card.getByRole("button", { name: "Replace the file" }).click();
	const replacing = page.getByRole("form", { name: "Replace lamps.csv" });
	const newer = csv("lamps-2.csv", [`Lamp 3;${urlOf(3)}`, `A brighter lamp;${urlOf(1)}`]);
	await replacing.getByLabel("File", { exact: true }).setInputFiles(newer);
	await expect(replacing.getByText("The file is at the server.")).toBeVisible();
	await replacing.getByRole("button", { name: "Replace the file" }).click();
	await expect(card.getByText("lamps-2.csv")).toBeVisible();
	await page.getByRole("navigation").getByRole("link", { name: "Selections" }).click();
	await selection.getByRole("button", { name: "Run now" }).click();
	for (const found of ["1 new", "1 changed", "1 gone"]) await expect(selection.getByText(found)).toBeVisible();
	await expect.poll(urls).toEqual([urlOf(1), urlOf(2), urlOf(3)]);
});
