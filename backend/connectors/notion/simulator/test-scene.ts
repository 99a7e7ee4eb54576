import { type NotionSimulator, startNotionSimulator } from "../simulator.ts";

export const sceneToken = "ntn_scene";
export const databaseId = "aaaaaaaa-0000-4000-8000-000000000001";
export const tableId = "aaaaaaaa-0000-4000-8000-000000000002";

/** A table with a property of every kind, in a database of one data source. */
export async function openScene(): Promise<NotionSimulator> {
	const simulator = await startNotionSimulator({
		databases: [
			{
				id: databaseId,
				name: "Reading list",
				dataSources: [
					{
						id: tableId,
						name: "Reading list",
						properties: [
							{ id: "lnk1", name: "Link", type: "url" },
							{ id: "title", name: "Name", type: "title" },
							{ id: "txt1", name: "Note", type: "rich_text" },
							{ id: "num1", name: "Count", type: "number" },
							{ id: "pct1", name: "Share", type: "number", format: "percent" },
							{ id: "dat1", name: "When", type: "date" },
							{ id: "sel1", name: "Kind", type: "select", options: ["Red"] },
							{ id: "mul1", name: "Tags", type: "multi_select", options: ["One"] },
							{ id: "sta1", name: "Status", type: "status", options: ["Not started", "Done"] },
							{ id: "chk1", name: "Read", type: "checkbox" },
							{ id: "eml1", name: "Mail", type: "email" },
							{ id: "tel1", name: "Phone", type: "phone_number" },
							{ id: "fil1", name: "Files", type: "files" },
							{ id: "rel1", name: "Related", type: "relation", relatedTo: tableId },
							{ id: "for1", name: "Computed", type: "formula" },
						],
					},
				],
			},
		],
		tokens: [{ token: sceneToken }],
	});
	simulator.control.set({ requestsPerMinute: null });
	return simulator;
}
