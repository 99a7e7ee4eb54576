import { type AirtableSimulator, startAirtableSimulator } from "../simulator.ts";
import type { BaseSeed } from "./seed.ts";

/** A base with a column of every writable type and some that are computed; shared by this folder's tests. */
export const everythingBase: BaseSeed = {
	id: "appEverything0000",
	name: "Everything",
	tables: [
		{
			id: "tblEverything0000",
			name: "All types",
			fields: [
				{ id: "fldKey00000000000", name: "Key", type: "singleLineText" },
				{ id: "fldLong0000000000", name: "Long", type: "multilineText" },
				{ id: "fldRich0000000000", name: "Rich", type: "richText" },
				{ id: "fldUrl00000000000", name: "URL", type: "url" },
				{ id: "fldEmail000000000", name: "Email", type: "email" },
				{ id: "fldPhone000000000", name: "Phone", type: "phoneNumber" },
				{ id: "fldNumber00000000", name: "Number", type: "number", options: { precision: 2 } },
				{ id: "fldPrice000000000", name: "Price", type: "currency", options: { precision: 2, symbol: "€" } },
				{ id: "fldPercent0000000", name: "Percent", type: "percent", options: { precision: 1 } },
				{ id: "fldDuration000000", name: "Duration", type: "duration", options: { durationFormat: "h:mm" } },
				{
					id: "fldRating00000000",
					name: "Rating",
					type: "rating",
					options: { max: 5, icon: "star", color: "yellowBright" },
				},
				{ id: "fldCheck000000000", name: "Check", type: "checkbox" },
				{ id: "fldSelect00000000", name: "Select", type: "singleSelect", choices: ["Red", "Blue"] },
				{ id: "fldTags0000000000", name: "Tags", type: "multipleSelects", choices: ["design", "paper"] },
				{ id: "fldDate0000000000", name: "Date", type: "date" },
				{ id: "fldDateTime000000", name: "Date and time", type: "dateTime", options: { timeZone: "client" } },
				{ id: "fldFiles000000000", name: "Files", type: "multipleAttachments" },
				{
					id: "fldLinks000000000",
					name: "Links",
					type: "multipleRecordLinks",
					options: { linkedTableId: "tblOther000000000" },
				},
				{ id: "fldCode0000000000", name: "Code", type: "barcode" },
				{ id: "fldPerson00000000", name: "Person", type: "singleCollaborator" },
				{ id: "fldFormula0000000", name: "Formula", type: "formula" },
				{ id: "fldAuto0000000000", name: "Auto", type: "autoNumber" },
			],
		},
		{
			id: "tblOther000000000",
			name: "Other",
			fields: [{ id: "fldOtherName00000", name: "Name", type: "singleLineText" }],
		},
	],
};

export const sceneToken = "patScene000000000.secret";
export const basePath = "/v0/appEverything0000";
export const tablePath = `${basePath}/tblEverything0000`;

export type Scene = AirtableSimulator & {
	/** Sends one request with the scene's token; the reply's JSON where there is one. */
	ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>;
};

/** A simulator with that base, rates out of the way unless a test wants them. */
export async function openScene(): Promise<Scene> {
	const simulator = await startAirtableSimulator({
		bases: [everythingBase],
		tokens: [{ token: sceneToken, userId: "usrScene000000000", email: "ada@example.com" }],
	});
	simulator.control.setLimits({ requestsPerSecondPerBase: 10_000, requestsPerSecondPerUser: 10_000 });
	return { ...simulator, ask: asker(simulator.url, sceneToken) };
}

export function asker(url: string, token: string): Scene["ask"] {
	return async (method, path, body) => {
		const reply = await fetch(`${url}${path}`, {
			method,
			headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
			...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
		});
		const text = await reply.text();
		return { status: reply.status, json: text.startsWith("{") ? JSON.parse(text) : text };
	};
}
