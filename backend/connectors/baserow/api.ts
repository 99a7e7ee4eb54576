import type { Static, TSchema } from "@sinclair/typebox";
import type { ConnectorCall, HttpRequest } from "../connector.ts";
import { readReply } from "../read-reply.ts";
import type { Answer } from "../row-trouble.ts";
import { readServerAddress } from "../server-address.ts";
import { troubleOf } from "./errors.ts";

export type ApiRequest<Schema extends TSchema> = {
	method: HttpRequest["method"];
	/** Under `/api`, with a leading slash and one before the query: without it the server sends us elsewhere. */
	path: string;
	json?: unknown;
	raw?: HttpRequest["raw"];
	/** Left out where success has no body. */
	reply: Schema;
};

/** One request, and its reply as the shape asked for or what kept it from coming. */
export async function ask<Schema extends TSchema>(
	call: ConnectorCall,
	request: ApiRequest<Schema>,
): Promise<Answer<Static<Schema>>> {
	const token = (call.credential.token ?? "").trim();
	// Pasted with a line break or in other letters it could not even be sent.
	if (!/^[\x21-\x7e]+$/.test(token)) return { ok: false, trouble: { kind: "credential" } };
	const address = addressOf(call);
	if (address === null) return { ok: false, trouble: { kind: "address" } };
	const response = await call.http({
		method: request.method,
		url: `${apiUrl(address)}${request.path}`,
		headers: { authorization: `Token ${token}` },
		...(request.json === undefined ? {} : { json: request.json }),
		...(request.raw === undefined ? {} : { raw: request.raw }),
		signal: call.signal,
	});
	if (response.kind === "answered" && (response.status === 200 || response.status === 204)) {
		const value = readReply(request.reply, response.text === "" ? "null" : response.text);
		if (value !== null || response.status === 204) return { ok: true, value };
	}
	return { ok: false, trouble: troubleOf(response) };
}

/** Where people open it, without the page that was open when it was copied. */
export function addressOf({ credential }: Pick<ConnectorCall, "credential">): string | null {
	const address = readServerAddress(credential.address, /\/(?:api|dashboard|database|login|workspace)(?:\/|$)/);
	return address === "https://api.baserow.io" ? cloud : address;
}

const cloud = "https://baserow.io";

/** The cloud's interface has a name of its own; other servers have it under theirs. */
function apiUrl(address: string): string {
	return address === cloud || address === "https://www.baserow.io" ? "https://api.baserow.io/api" : `${address}/api`;
}
