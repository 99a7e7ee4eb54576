import { expect, test } from "bun:test";
import { exportRecords } from "./export-records.ts";
import { aCapture, anOutbox } from "./test-outbox.ts";

test("ID-8: a guest's captures can be taken along as JSON, with everything that was captured", async () => {
	const guest = await anOutbox(null);
	const one = await guest.save(aCapture("one"));
	await guest.save(aCapture("two", { image: "https://example.com/two.png" }));
	const file = JSON.parse(await exportRecords(await guest.all(), "json").text()) as { records: unknown[] };
	const { id, kind, version, capturedAt, source, fields, provenance } = one;
	expect(file.records[0]).toEqual({
		id,
		kind,
		version,
		capturedAt,
		source,
		fields,
		provenance,
		image: null,
		state: "local",
		remoteUrl: null,
	});
	expect(file.records[1]).toMatchObject({ image: "https://example.com/two.png" });
	guest.close();
});

test("ID-8: as CSV: a column for every field, quoted where it must be, and nothing that a spreadsheet would run", async () => {
	const guest = await anOutbox(null);
	const title = '=HYPERLINK("https://evil.example","Click, please")';
	await guest.save(
		aCapture("one", {
			fields: {
				title: { type: "text", value: title },
				price: { type: "currency", value: { amount: -5.5, currency: "EUR" } },
				rating: { type: "number", value: -3 },
				tags: { type: "list", value: ["a", "b"] },
				kind: { type: "text", value: "two\nlines" },
			},
		}),
	);
	await guest.save(aCapture("two"));
	const csv = await exportRecords(await guest.all(), "csv").text();
	const [head, ...rows] = csv.replace("\uFEFF", "").split("\r\n");
	expect(head).toBe("id,kind,captured at,address,title of the page,state,row,title,price,rating,tags,field kind");
	expect(rows[0]).toEndWith(
		',local,,"\'=HYPERLINK(""https://evil.example"",""Click, please"")",\'-5.5 EUR,-3,a; b,"two\nlines"',
	);
	expect(rows[1]).toEndWith(",two,local,,two,,,,");
	guest.close();
});

test("nothing captured: an empty list, and a table of headings", async () => {
	expect(JSON.parse(await exportRecords([], "json").text())).toEqual({ records: [] });
	expect((await exportRecords([], "csv").text()).trim().split("\r\n")).toHaveLength(1);
});
