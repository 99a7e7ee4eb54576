import type { ConnectorCall, ConnectorResult, PushTarget } from "../connector.ts";
import { type Answer, type ApiSettings, ask } from "./api.ts";
import type { Trouble } from "./errors.ts";
import { rowsFailure } from "./push-failure.ts";
import { existing } from "./read.ts";
import { RemovedReply } from "./replies.ts";
import { tablePath } from "./rows.ts";

const rowsPerRequest = 10;

/** Deletes rows, ten to a request. One that is gone already fails its request, so those are then left out. */
export async function remove(
	settings: ApiSettings,
	call: ConnectorCall,
	{ target, remoteIds }: { target: PushTarget; remoteIds: readonly string[] },
): Promise<ConnectorResult<{ removed: string[] }>> {
	for (let start = 0; start < remoteIds.length; start += rowsPerRequest) {
		const ids = remoteIds.slice(start, start + rowsPerRequest);
		const trouble = await removeFew(settings, call, { target, ids });
		if (trouble !== null) return rowsFailure(settings.title, trouble);
	}
	return { kind: "ok", value: { removed: [...remoteIds] } };
}

type Few = { target: PushTarget; ids: readonly string[] };

async function removeFew(settings: ApiSettings, call: ConnectorCall, { target, ids }: Few): Promise<Trouble | null> {
	const answer = await deleteAll(settings, call, { target, ids });
	if (answer.ok) return null;
	if (!mayMeanGone(answer.trouble)) return answer.trouble;
	const there = await existing(settings, call, { target, ids });
	if (!there.ok) return there.trouble;
	const left = ids.filter((id) => there.value.has(id));
	if (left.length === ids.length) return answer.trouble;
	if (left.length === 0) return null;
	const again = await deleteAll(settings, call, { target, ids: left });
	return again.ok ? null : again.trouble;
}

/** How a row that is not there is told is not documented for requests of many rows, so each of these asks which are there. */
export function mayMeanGone({ kind }: Trouble): boolean {
	return kind === "row_missing" || kind === "table_missing" || kind === "ambiguous" || kind === "refused";
}

function deleteAll(settings: ApiSettings, call: ConnectorCall, { target, ids }: Few): Promise<Answer<unknown>> {
	const query = new URLSearchParams(ids.map((id): [string, string] => ["records[]", id]));
	return ask(settings, call, {
		method: "DELETE",
		path: `${tablePath(target)}?${query.toString()}`,
		reply: RemovedReply,
	});
}
