import type { maxComparedRows } from "../../../../backend/contract/compare.ts";
import type { Fields } from "../../../../backend/contract/fields.ts";
import type { Client } from "../../../api/client.ts";
import type { Standing } from "./standing-here.ts";

/** The contract's number (backend/contract/compare.ts). Only its types may be imported, so the compiler holds them equal. */
const maxRows: typeof maxComparedRows = 500;
/** The backend takes 1.25 MiB; a character is up to three bytes. */
const maxChars = 400_000;

export type AskedRow = { id: string; fields: Fields };

/** Rows as requests. A row is never split; one that is too large by itself has a request of its own. */
export function inRequests(rows: readonly AskedRow[]): AskedRow[][] {
	const requests: AskedRow[][] = [];
	let chars = 0;
	for (const row of rows) {
		const weight = JSON.stringify(row.fields).length;
		const last = requests.at(-1);
		if (last && last.length < maxRows && chars + weight <= maxChars) {
			last.push(row);
			chars += weight;
		} else {
			requests.push([row]);
			chars = weight;
		}
	}
	return requests;
}

type Asking = { client: Pick<Client, "compareRows">; targetId: string; signal: AbortSignal };

/** Asks the backend, request after request; `onAnswer` gets each answer as it comes. @throws ApiFailure */
export async function askStandings(
	rows: readonly AskedRow[],
	{ client, targetId, signal }: Asking,
	onAnswer: (answer: ReadonlyMap<string, Standing>) => void,
): Promise<void> {
	for (const request of inRequests(rows)) {
		const answer = await client.compareRows(
			targetId,
			request.map(({ fields }) => fields),
			signal,
		);
		if (signal.aborted) return;
		onAnswer(new Map(request.flatMap(({ id }, place) => (answer[place] ? [[id, answer[place]]] : []))));
	}
}
