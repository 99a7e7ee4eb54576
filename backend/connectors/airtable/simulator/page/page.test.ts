import { afterAll, beforeAll, expect, test } from "bun:test";
import { parseHTML } from "linkedom";
import { type AirtableSimulator, startAirtableSimulator } from "../../simulator.ts";
import { practiceBase } from "../practice-base.ts";

let simulator: AirtableSimulator;
beforeAll(async () => {
	simulator = await startAirtableSimulator({ bases: [practiceBase] });
});
afterAll(() => simulator.stop());

const add = (cells: Record<string, unknown>) =>
	simulator.control.addRow({ baseId: "appPracticeBase00", table: "Products", cells });

test("J1: the page shows each table, says when one is empty, and names what to do", async () => {
	const reply = await fetch(simulator.url);
	const { document } = parseHTML(await reply.text());
	expect([...document.querySelectorAll("h2")].map((title) => title.textContent)).toEqual([
		"Reading list 0 rows",
		"Products 0 rows",
	]);
	expect(document.querySelector(".empty")?.textContent).toContain("Nothing here yet");
	expect(reply.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("J5: each row can be linked to, newest first", async () => {
	const older = add({ Name: "Older" });
	const newer = add({ Name: "Newer", Price: 9.5, Rating: 4, "In stock": true });
	const { document } = parseHTML(await (await fetch(simulator.url)).text());
	const rows = [...document.querySelectorAll("#tblProducts000000 tbody tr")];
	expect(rows.map((row) => row.id)).toEqual([newer, older]);
	expect(rows[0]?.textContent).toBe("Newer€ 9.50★★★★☆✓");
});

test("CAP-6: captured text is shown and never run", async () => {
	add({ Name: "<script>alert(1)</script>", URL: "javascript:alert(1)", Brand: '"><img src=x onerror=alert(1)>' });
	const html = await (await fetch(`${simulator.url}/tables`)).text();
	const { document } = parseHTML(`<main>${html}</main>`);
	expect(document.querySelectorAll("script, img")).toHaveLength(0);
	expect([...document.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([]);
	expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test("LIVE-1: an open page hears of every change", async () => {
	const reply = await fetch(`${simulator.url}/events`);
	const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
	expect((await reader?.read())?.value).toContain("retry");
	add({ Name: "Arrives" });
	expect((await reader?.read())?.value).toContain("data: changed");
	await reader?.cancel();
});
