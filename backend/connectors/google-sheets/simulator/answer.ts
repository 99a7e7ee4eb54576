import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import { batchUpdate } from "./batch-update.ts";
import type { Call } from "./call.ts";
import { answerOAuth } from "./consent.ts";
import { newFile } from "./new-file.ts";
import { type Access, fileScope, listScope, sheetsScope } from "./oauth.ts";
import { failure, Refusal, refuse } from "./refusal.ts";
import { copyOf, type Spreadsheet, sheetView } from "./state.ts";
import * as values from "./values.ts";
import type { World } from "./world.ts";

/** Answers one request to any of Google's hosts. */
export function answer(world: World, request: SimulatedRequest): SimulatedReply {
	try {
		return answerOAuth(world.oauth, request) ?? { status: 200, body: carryOut(world, request) };
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

/** Whether it is counted, and may be made to fail, as a write. */
export function isWrite({ method, pathname }: SimulatedRequest): boolean {
	if (method === "PUT") return true;
	return method === "POST" && /^\/v4\/spreadsheets(?!.*ByDataFilter)/.test(pathname);
}

function carryOut(world: World, request: SimulatedRequest): unknown {
	const access = authenticate(world, request);
	if (request.pathname === "/v1/userinfo") return userInfo(access);
	if (request.pathname === "/drive/v3/files" && request.method === "GET") {
		needScope(access, [fileScope, listScope]);
		return listFiles(world, access, request);
	}
	needScope(access, [fileScope, sheetsScope]);
	if (!request.pathname.startsWith("/v4/spreadsheets")) return refuse(404, "Requested entity was not found.");
	const usedUp = world.quotas.take(access.account.sub, isWrite(request) ? "Write" : "Read");
	if (usedUp !== null) {
		world.throttled += 1;
		refuse(
			429,
			`Quota exceeded for quota metric '${usedUp}' and limit '${usedUp} per minute per user'.`,
			"RATE_LIMIT_EXCEEDED",
		);
	}
	if (request.pathname === "/v4/spreadsheets" && request.method === "POST") return createFile(world, request.body);
	return answerFile(world, access, request);
}

function needScope({ scopes }: Access, oneOf: readonly string[]): void {
	if (oneOf.some((scope) => scopes.includes(scope))) return;
	refuse(403, "Request had insufficient authentication scopes.", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
}

function authenticate({ oauth }: World, { headers }: SimulatedRequest): Access {
	const token = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
	const message = "Request had invalid authentication credentials. Expected OAuth 2 access token.";
	return oauth.access(token ?? "") ?? refuse(401, message, "ACCESS_TOKEN_EXPIRED");
}

function userInfo({ account, scopes }: Access): unknown {
	if (!scopes.includes("openid"))
		return refuse(403, "Request had insufficient authentication scopes.", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
	const mayTell = scopes.includes("https://www.googleapis.com/auth/userinfo.email");
	return mayTell ? { ...account, email_verified: true } : { sub: account.sub };
}

/** Pages by `pageSize`; the token is where the next begins. */
function listFiles({ files }: World, { scopes }: Access, { query }: SimulatedRequest): unknown {
	if (query.get("q")?.includes("mimeType='application/vnd.google-apps.spreadsheet'") === false) return { files: [] };
	const size = Math.min(Number(query.get("pageSize") ?? 100), 1_000);
	const from = Number(query.get("pageToken") ?? 0);
	const all = [...files.values()].filter(({ handed }) => handed || scopes.includes(listScope));
	const next = from + size < all.length ? { nextPageToken: String(from + size) } : {};
	const page = all.slice(from, from + size);
	return { ...next, files: page.map(({ id, title, canEdit }) => ({ id, name: title, capabilities: { canEdit } })) };
}

function createFile(world: World, body: unknown): unknown {
	const file = newFile(`made${world.files.size + 1}`, body);
	world.files.set(file.id, file);
	return view(file);
}

function view(file: Spreadsheet): unknown {
	return {
		spreadsheetId: file.id,
		properties: { title: file.title, timeZone: file.timeZone },
		sheets: file.sheets.map(sheetView),
		spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${file.id}/edit`,
	};
}

type Handler = (call: Call, range: string) => unknown;

/** By method and what follows the file's id; a range stands in it as `{range}`. */
const handlers: Readonly<Record<string, Handler>> = {
	"GET ": ({ file }) => view(file),
	"POST :batchUpdate": batchUpdate,
	"GET /values:batchGet": values.batchGet,
	"POST /values:batchGetByDataFilter": values.batchGetByDataFilter,
	"POST /values:batchUpdate": values.batchUpdateValues,
	"GET /values/{range}": values.getValues,
	"PUT /values/{range}": values.putValues,
	"POST /values/{range}:append": values.appendValues,
	"POST /values/{range}:clear": values.clearValues,
};

function answerFile(world: World, { scopes }: Access, request: SimulatedRequest): unknown {
	const [, id = "", rest = ""] = /^\/v4\/spreadsheets\/([^/:]+)(.*)$/.exec(request.pathname) ?? [];
	const file = world.files.get(decodeURIComponent(id)) ?? refuse(404, "Requested entity was not found.");
	if (!file.handed && !scopes.includes(sheetsScope)) return refuse(404, "Requested entity was not found.");
	const [, range, action = ""] = /^\/values\/(.+?)(:append|:clear)?$/.exec(rest) ?? [];
	const key = `${request.method} ${range === undefined ? rest : `/values/{range}${action}`}`;
	const handler = handlers[key] ?? refuse(404, "Requested entity was not found.");
	if (!isWrite(request)) return handler({ file, ...request }, decodeURIComponent(range ?? ""));
	if (!file.canEdit) return refuse(403, "The caller does not have permission");
	const draft = copyOf(file);
	const reply = handler({ ...request, file: draft }, decodeURIComponent(range ?? ""));
	world.files.set(file.id, draft);
	return reply;
}

export const throttledReply = failure(429, "Quota exceeded for quota metric 'Write requests'.", "RATE_LIMIT_EXCEEDED");
