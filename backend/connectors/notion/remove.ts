import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import { type ApiSettings, ask, isNotionId } from "./api.ts";
import { failureOf } from "./failure.ts";
import { PageReply } from "./replies.ts";
import { isTrashed } from "./rows.ts";

/** Puts rows into Notion's trash, where a person finds them for 30 days. */
export async function remove(
	settings: ApiSettings,
	call: ConnectorCall,
	remoteIds: readonly string[],
): Promise<ConnectorResult<{ removed: string[] }>> {
	const removed: string[] = [];
	for (const id of remoteIds) {
		const path = `pages/${id}`;
		if (isNotionId(id)) {
			const body = { in_trash: true };
			const answer = await ask(settings, call, { method: "patch", path, body, reply: PageReply });
			if (!answer.ok && answer.trouble.kind !== "missing") {
				// A page in the trash cannot be edited, not even to put it there; the same code is given for other things.
				const page = await ask(settings, call, { method: "get", path, reply: PageReply });
				const isGone = page.ok ? isTrashed(page.value) : page.trouble.kind === "missing";
				if (!isGone) return failureOf(answer.trouble);
			}
		}
		removed.push(id);
	}
	return { kind: "ok", value: { removed } };
}
