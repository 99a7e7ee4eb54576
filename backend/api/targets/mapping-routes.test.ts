import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Connector, NewColumn } from "../../connectors/connector.ts";
import type { ActivityPage } from "../../contract/activity.ts";
import type { ConnectionView } from "../../contract/connections.ts";
import { createTestConnector } from "../../sync/test-connector.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { ask, errorCode, json, makePerson } from "../testing/test-person.ts";

let backend: TestBackend;
let ann: string;
let ben: string;
let connectionId: string;
const made: NewColumn[] = [];
const searched: object[] = [];

/** A provider that makes columns and searches rows, beside one that does neither. */
function connectors(): [string, Connector][] {
	const { connector } = createTestConnector();
	const able: Connector = {
		...connector,
		createColumns: async (_call, _table, columns) => {
			made.push(...columns);
			return {
				kind: "ok",
				value: columns.map(({ name, type }) => ({
					id: `col${name}`,
					name,
					type,
					providerType: type,
					writable: true,
					matchable: true,
				})),
			};
		},
		searchRows: async (_call, table, text) => {
			searched.push({ ...table, text });
			return { kind: "ok", value: [{ id: "rec1", label: "An apple" }] };
		},
	};
	const plain = { ...connector, manifest: { ...connector.manifest, id: "plain", title: "Plain" } };
	return [
		["scripted", able],
		["plain", plain],
	];
}

beforeAll(async () => {
	backend = await startTestBackend({ deps: { connectors: new Map(connectors()) } });
	const signIn = async () => (await (await makePerson(backend.url)).tokens()).access_token;
	ann = await signIn();
	ben = await signIn();
	connectionId = await connect("scripted");
});
afterAll(async () => {
	await backend.close();
});

/** @param what method and path, as in "GET /records" */
const send = (token: string, what: string, body?: unknown) =>
	ask(`${backend.url}/api/v1${what.slice(what.indexOf("/"))}`, token, {
		method: what.slice(0, what.indexOf(" ")),
		...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
	});

async function connect(provider: string): Promise<string> {
	const answer = await send(ann, "POST /connections", { provider, credential: { token: "good" } });
	return (await json<ConnectionView>(answer)).id;
}

const previewed = () => ({
	connectionId,
	tableId: "table1",
	mapping: [{ from: "title", to: "Name", transform: [{ kind: "trim" }] }],
	matchKey: ["Name"],
	fields: { title: { type: "text", value: " A title " } },
	source: { url: "https://a.test/", title: "A title" },
});

test("CON-2: a mapping is shown on a record and checked, and nothing is written", async () => {
	const answer = await send(ann, "POST /targets/preview", previewed());
	expect([answer.status, await json<object>(answer)]).toEqual([
		200,
		{ columns: [{ to: "colTitle", name: "Name", type: "text", value: "A title", problem: null }], problems: [] },
	]);
	const unknown = await send(ann, "POST /targets/preview", { ...previewed(), tableId: "table9" });
	expect([unknown.status, await errorCode(unknown)]).toEqual([404, "targets/table-unknown"]);
});

test("CON-2: columns are made where the provider lets Sheaf, which is noted, and else refused with a sentence", async () => {
	const columns = [
		{ name: "Author", type: "text" },
		{ name: "Kind", type: "select", options: ["Red"] },
	];
	const answer = await send(ann, "POST /targets/columns", { connectionId, tableId: "table1", columns });
	expect(await json<object>(answer)).toMatchObject({ fields: [{ id: "colAuthor", type: "text" }, { id: "colKind" }] });
	expect(made).toEqual([
		{ name: "Author", type: "text" },
		{ name: "Kind", type: "select", options: ["Red"] },
	]);
	const { entries } = await json<ActivityPage>(await send(ann, "GET /activity"));
	expect(entries.map(({ action }) => action)).toContain("connection.add_columns");
	const plain = { connectionId: await connect("plain"), tableId: "table1", columns };
	const refused = await send(ann, "POST /targets/columns", plain);
	expect([refused.status, await errorCode(refused)]).toEqual([422, "targets/column-refused"]);
});

test("CON-2: rows of a linked table are found by their title; where rows cannot be searched there are none", async () => {
	const query = "rows?tableId=table2&containerId=base2&text=apple%20%26%20pear";
	const answer = await send(ann, `GET /connections/${connectionId}/${query}`);
	expect(await json<object>(answer)).toEqual({ rows: [{ id: "rec1", label: "An apple" }] });
	expect(searched).toEqual([{ tableId: "table2", containerId: "base2", text: "apple & pear" }]);
	const none = await send(ann, `GET /connections/${await connect("plain")}/rows?tableId=table1`);
	expect(await json<object>(none)).toEqual({ rows: [] });
});

test("TEN-3: Ben learns nothing of Ann's connection and makes no column through it", async () => {
	made.length = 0;
	const columns = [{ name: "Ben's", type: "text" }];
	for (const [what, body] of [
		["POST /targets/preview", previewed()],
		["POST /targets/columns", { connectionId, tableId: "table1", columns }],
		[`GET /connections/${connectionId}/rows?tableId=table1`, undefined],
	] as const) {
		expect([what, (await send(ben, what, body)).status]).toEqual([what, 404]);
	}
	expect(made).toEqual([]);
});
