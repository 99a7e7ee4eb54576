import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import { isMacOf } from "../mac.ts";
import type { Notice, StandingWatch } from "../watch.ts";
import { type ApiSettings, ask, compactId, isNotionId } from "./api.ts";
import { failureOf } from "./failure.ts";
import { MeReply } from "./replies.ts";

/** The one message that is not signed: Notion shows the secret that signs all others, once. */
const SetUp = Type.Object({ verification_token: Type.String({ pattern: "^secret_[A-Za-z0-9_-]{1,200}$" }) });

const Event = Type.Object({
	workspace_id: Type.String(),
	type: Type.String(),
	entity: Type.Object({ id: Type.String(), type: Type.String() }),
});

/** What changes a row's cells or takes it away. Locking, comments, and the page under the row, which is not read back, do not. */
const rowEvents = new Set(["page.properties_updated", "page.moved", "page.deleted", "page.undeleted"]);

/**
 * Notion's webhooks (developers.notion.com/reference/webhooks): one subscription per integration, made by hand in its settings. Events
 * name the workspace and the page, come in any order and up to eight times, and carry no content.
 */
export function notionWatch(settings: ApiSettings, secret: string | null): StandingWatch {
	return {
		kind: "standing",
		subject: (call) => subject(settings, call, secret),
		isGenuine: ({ header, body }) =>
			secret !== null && isMacOf(header("x-notion-signature"), "sha256=", { key: Buffer.from(secret), body }),
		setUpSecret: ({ body }) => {
			const message = secret === null ? parsed(body) : null;
			return Value.Check(SetUp, message) ? message.verification_token : null;
		},
		changes,
	};
}

/** The workspace, as the bot's user object names it; an older or smaller answer has none. */
async function subject(
	settings: ApiSettings,
	call: ConnectorCall,
	secret: string | null,
): Promise<ConnectorResult<string | null>> {
	if (secret === null) return { kind: "ok", value: null };
	const me = await ask(settings, call, { method: "get", path: "users/me", reply: MeReply });
	if (!me.ok) return failureOf(me.trouble);
	const { workspace_id: workspaceId } = me.value.bot ?? {};
	return { kind: "ok", value: workspaceId === undefined ? null : compactId(workspaceId) };
}

function changes({ body }: Notice): { subject: string; remoteIds: string[] } | null {
	const event = parsed(body);
	if (!Value.Check(Event, event) || !rowEvents.has(event.type)) return null;
	if (event.entity.type !== "page" || !isNotionId(event.entity.id)) return null;
	return { subject: compactId(event.workspace_id), remoteIds: [compactId(event.entity.id)] };
}

function parsed(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(body));
	} catch {
		return null;
	}
}
