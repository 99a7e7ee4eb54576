import { describeConformance } from "../conformance.ts";
import type { ConformanceSimulator, WatchedSimulator } from "../conformance-bench.ts";
import { createRegistry } from "../registry.ts";
import { testProviders } from "../test-providers.ts";
import { createAirtableConnector } from "./index.ts";
import { practiceToken } from "./simulator/practice-base.ts";
import type { BaseSeed } from "./simulator/seed.ts";
import { startAirtableSimulator } from "./simulator.ts";
import { effectOf } from "./test-effects.ts";

const containerId = "appConformance000";
const tableId = "tblConformance000";
const columns = {
	key: "fldConformKey0000",
	text: "fldConformText000",
	long: "fldConformLong000",
	number: "fldConformNumber0",
	day: "fldConformDay0000",
	instant: "fldConformInstant",
	choice: "fldConformChoice0",
};

const base: BaseSeed = {
	id: containerId,
	name: "Conformance",
	tables: [
		{
			id: tableId,
			name: "Rows",
			fields: [
				{ id: columns.key, name: "Key", type: "singleLineText" },
				{ id: columns.text, name: "Text", type: "singleLineText" },
				{ id: columns.long, name: "Long", type: "multilineText" },
				{ id: columns.number, name: "Number", type: "number", options: { precision: 2 } },
				{ id: columns.day, name: "Day", type: "date" },
				{ id: columns.instant, name: "Instant", type: "dateTime" },
				{ id: columns.choice, name: "Choice", type: "singleSelect", choices: ["Red"] },
			],
		},
	],
};

const scopes = ["data.records:read", "data.records:write", "schema.bases:read", "schema.bases:write", "webhook:manage"];

function simulatorWith(token: string, unlimited = false): () => Promise<WatchedSimulator> {
	return async () => {
		const { url, control, stop } = await startAirtableSimulator({ bases: [base], tokens: [{ token, scopes }] });
		// The engine paces; here every request may leave at once.
		control.setLimits({ requestsPerSecondPerBase: 10_000, requestsPerSecondPerUser: 10_000 });
		if (unlimited) control.setLimits({ requestsPerSecondPerBase: 100_000, requestsPerSecondPerUser: 100_000 });
		return {
			url,
			credential: { token },
			table: { containerId, tableId, columns },
			rows: () => control.table(containerId, tableId).rows.map((row) => row.cells),
			plant: (cells) => void control.addRow({ baseId: containerId, table: tableId, cells }),
			fail: (fault) => void control.plan({ method: "PATCH", effect: effectOf(fault) }),
			revokeCredential: () => control.revokeToken(token),
			withdrawPermission: () => control.setPermission(containerId, "read"),
			removeColumn: (part) => control.removeField({ baseId: containerId, table: tableId, field: columns[part] }),
			editAsPerson: (rowId) => control.editRow({ ...place, rowId, cells: { [columns.text]: "theirs" } }),
			removeAsPerson: (rowId) => control.removeRow({ ...place, rowId }),
			noticesSettled: () => control.webhooks.settled(),
			stop,
		};
	};
}

const place = { baseId: containerId, table: tableId };

const airtableAt = ({ url }: ConformanceSimulator) =>
	createAirtableConnector({
		id: "airtable",
		title: "Airtable",
		summary: "Rows in Airtable.",
		apiUrl: url,
		siteUrl: "https://airtable.com",
		contentUrl: url,
		auth: { kind: "account", oauthUrl: url, client: null },
	});

describeConformance({
	name: "Airtable",
	createSimulator: simulatorWith("patConformance000.secret"),
	createUnlimitedSimulator: simulatorWith("patConformance000.secret", true),
	createConnector: airtableAt,
	watched: { createSimulator: simulatorWith("patConformance000.secret"), createConnector: airtableAt },
});

describeConformance({
	name: "The practice base",
	createSimulator: simulatorWith(practiceToken.token),
	createConnector: ({ url }) => {
		const practice = createRegistry({
			...testProviders({ airtable: "https://api.airtable.com" }),
			practice: { url },
		}).get("practice");
		if (practice === undefined) throw new Error("The registry does not know the practice base.");
		return practice;
	},
});
