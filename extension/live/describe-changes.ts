import type { LiveChanges } from "../../backend/contract/live.ts";
import type { Client } from "../api/client.ts";
import type { Changed } from "./follow-shape.ts";

/** `GET /api/v1/records?ids=` takes this many. */
const idsPerRequest = 100;

/**
 * How what has changed stands now, as the stream would have told it. A shape says which records and not how they stand: that is put together by the
 * backend, which shows each person what is theirs to see. @throws ApiFailure
 */
export async function describeChanges(
	{ recordIds, lists }: Changed,
	client: Pick<Client, "recordsById">,
): Promise<LiveChanges> {
	const records: LiveChanges["records"] = [];
	for (let start = 0; start < recordIds.length; start += idsPerRequest) {
		records.push(...(await client.recordsById(recordIds.slice(start, start + idsPerRequest))));
	}
	const there = new Set(records.map(({ id }) => id));
	return { records, gone: recordIds.filter((id) => !there.has(id)), lists };
}
