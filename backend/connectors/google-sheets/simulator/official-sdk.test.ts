import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { sheets } from "@googleapis/sheets";
import { fileId, openConnector, sceneToken } from "../test-scene.ts";

/** Google's own client against the simulator: where the two disagree, the simulator is wrong. */
let opened: Awaited<ReturnType<typeof openConnector>>;
beforeEach(async () => {
	opened = await openConnector();
});
afterEach(() => opened.simulator.stop());

const headers = { authorization: `Bearer ${sceneToken}` };
const client = () => sheets({ version: "v4", rootUrl: `${opened.simulator.url}/`, headers, retry: false });
const spreadsheetId = fileId;
const rows = "'It''s data'!A2:C4";

const failureOf = (work: Promise<unknown>) =>
	work.then(
		() => null,
		(error: unknown) => error,
	);

describe("CON-4: the official client finds its service", () => {
	test("creates a spreadsheet and reads what it is", async () => {
		const made = await client().spreadsheets.create({ requestBody: { properties: { title: "New" } } });
		const id = made.data.spreadsheetId ?? "";
		const got = await client().spreadsheets.get({
			spreadsheetId: id,
			fields: "spreadsheetId,properties.title,sheets.properties",
		});
		expect(got.data).toMatchObject({ properties: { title: "New" }, sheets: [{ properties: { title: "Sheet1" } }] });
	});

	test("writes, appends, reads and clears by range; what is empty at the end is dropped", async () => {
		const { values } = client().spreadsheets;
		const data = [
			["k1", "=1+1", "x"],
			["k2", null, ""],
		];
		const raw = { spreadsheetId, valueInputOption: "RAW" };
		const put = await values.update({ ...raw, range: rows, requestBody: { values: data } });
		expect(put.data).toMatchObject({ updatedRange: "'It''s data'!A2:C3", updatedRows: 2 });
		const added = await values.append({
			...raw,
			range: "'It''s data'!A1:C1",
			insertDataOption: "INSERT_ROWS",
			requestBody: { values: [["k3"]] },
		});
		expect(added.data.updates?.updatedRange).toBe("'It''s data'!A4");
		const got = await values.get({ spreadsheetId, range: rows, valueRenderOption: "FORMULA" });
		expect(got.data.values).toEqual([["k1", "=1+1", "x"], ["k2"], ["k3"]]);
		await values.clear({ spreadsheetId, range: rows });
		expect((await values.get({ spreadsheetId, range: rows })).data).not.toHaveProperty("values");
	});

	test("text that is taken as typed becomes a formula, which is why it is never asked for", async () => {
		const { values } = client().spreadsheets;
		const typed = { spreadsheetId, valueInputOption: "USER_ENTERED", range: rows };
		await values.update({ ...typed, requestBody: { values: [["=IMPORTXML(1)", "12"]] } });
		const got = await values.batchGet({ spreadsheetId, ranges: [rows], valueRenderOption: "UNFORMATTED_VALUE" });
		expect(got.data.valueRanges?.[0]?.values).toEqual([["#FORMULA", 12]]);
	});

	test("a batch is applied whole or not at all", async () => {
		const cell = { rows: [{ values: [{ userEnteredValue: { stringValue: "x" } }] }], fields: "userEnteredValue" };
		const requests = [{ appendCells: { sheetId: 7, ...cell } }, { appendCells: { sheetId: 99, ...cell } }];
		const refused = await failureOf(client().spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } }));
		expect(refused).toMatchObject({ status: 400 });
		expect((await client().spreadsheets.values.get({ spreadsheetId, range: rows })).data.values).toBeUndefined();
	});

	test.each([
		["Nowhere!A1", { valueInputOption: "RAW" }, 400],
		[rows, {}, 400],
		["'It''s data'!A1001", { valueInputOption: "RAW" }, 400],
	])("%s with %j is refused", async (range, options, status) => {
		const write = client().spreadsheets.values.update({
			spreadsheetId,
			range,
			...options,
			requestBody: { values: [["x"]] },
		});
		expect(await failureOf(write)).toMatchObject({ status });
	});

	test("strangers, missing files and too many requests are told apart", async () => {
		const stranger = sheets({ version: "v4", rootUrl: `${opened.simulator.url}/`, retry: false });
		expect(await failureOf(stranger.spreadsheets.get({ spreadsheetId }))).toMatchObject({ status: 401 });
		expect(await failureOf(client().spreadsheets.get({ spreadsheetId: "nowhere" }))).toMatchObject({
			status: 404,
		});
		opened.simulator.world.quotas.settings.readsPerUser = 0;
		expect(await failureOf(client().spreadsheets.get({ spreadsheetId }))).toMatchObject({ status: 429 });
	});
});
