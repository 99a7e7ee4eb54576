import type { Table } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import { type Answer, type ApiSettings, ask } from "./api.ts";
import { failureOf } from "./failure.ts";
import { tableField } from "./field-types.ts";
import { type BaseEntry, BasesReply, TablesReply } from "./replies.ts";

/** Starts at most five requests a second, so that looking around never costs the person the 30 s penalty. */
const betweenRequestsMs = 200;
/** A base page holds 1,000 bases; more pages than this is a provider that never ends its list. */
const maxPages = 50;

const mayWriteAt = new Set(["edit", "create"]);

/**
 * Every table of every base the token was granted. Tables of bases the person may only read are listed with all
 * columns closed to writing, so that they see why theirs cannot be chosen. A base that was withdrawn in between is
 * left out instead of failing the rest.
 */
export async function discover(settings: ApiSettings, call: ConnectorCall): Promise<ConnectorResult<Table[]>> {
	const bases = await listBases(settings, call);
	if (!bases.ok) return failureOf(settings.title, bases.trouble);
	const visible = bases.value.filter((base) => base.permissionLevel !== "none");
	const running: Promise<Answer<Table[]>>[] = [];
	for (const base of visible) {
		if (running.length > 0) await pause(betweenRequestsMs, call.signal);
		running.push(listTables(settings, call, base));
	}
	const tables: Table[] = [];
	for (const answer of await Promise.all(running)) {
		if (answer.ok) tables.push(...answer.value);
		else if (answer.trouble.kind !== "permission" && answer.trouble.kind !== "table_missing") {
			return failureOf(settings.title, answer.trouble);
		}
	}
	return { kind: "ok", value: tables };
}

async function listBases(settings: ApiSettings, call: ConnectorCall): Promise<Answer<BaseEntry[]>> {
	const bases: BaseEntry[] = [];
	let offset: string | undefined;
	for (let page = 0; page < maxPages; page += 1) {
		if (page > 0) await pause(betweenRequestsMs, call.signal);
		const path = offset === undefined ? "/meta/bases" : `/meta/bases?offset=${encodeURIComponent(offset)}`;
		const answer = await ask(settings, call, { method: "GET", path, reply: BasesReply });
		if (!answer.ok) return answer;
		bases.push(...answer.value.bases);
		offset = answer.value.offset;
		if (offset === undefined) break;
	}
	return { ok: true, value: bases };
}

async function listTables(settings: ApiSettings, call: ConnectorCall, base: BaseEntry): Promise<Answer<Table[]>> {
	const path = `/meta/bases/${encodeURIComponent(base.id)}/tables`;
	const answer = await ask(settings, call, { method: "GET", path, reply: TablesReply });
	if (!answer.ok) return answer;
	const mayWrite = mayWriteAt.has(base.permissionLevel);
	const tables = answer.value.tables.map((table) => ({
		id: table.id,
		name: table.name,
		container: { id: base.id, name: base.name },
		fields: table.fields.map((field) => tableField(field, mayWrite)),
	}));
	return { ok: true, value: tables };
}

/** Ends early when the caller gives up; the next request then answers so. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		if (signal.aborted) done();
		else signal.addEventListener("abort", done, { once: true });
	});
}
