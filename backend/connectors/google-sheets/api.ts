import type { Static, TSchema } from "@sinclair/typebox";
import type { ConnectorCall, HttpRequest } from "../connector.ts";
import { readReply } from "../read-reply.ts";
import { type Trouble, troubleOf } from "./errors.ts";

export const title = "Google Sheets";

/** Where Google's parts are, without trailing slashes. */
export type SheetsAddresses = { apiUrl: string; driveUrl: string; userInfoUrl: string };

export type Answer<Value> = { ok: true; value: Value } | { ok: false; trouble: Trouble };

export type ApiRequest<Schema extends TSchema> = {
	method: HttpRequest["method"];
	url: string;
	json?: unknown;
	reply: Schema;
};

/** One request, and its reply as the shape asked for or what kept it from coming. */
export async function ask<Schema extends TSchema>(
	call: ConnectorCall,
	request: ApiRequest<Schema>,
): Promise<Answer<Static<Schema>>> {
	const token = (call.credential.token ?? "").trim();
	// In other letters it could not even be sent.
	if (!/^[\x21-\x7e]+$/.test(token)) return { ok: false, trouble: { kind: "credential" } };
	const response = await call.http({
		method: request.method,
		url: request.url,
		headers: { authorization: `Bearer ${token}` },
		...(request.json === undefined ? {} : { json: request.json }),
		signal: call.signal,
	});
	if (response.kind === "answered" && response.status === 200) {
		const value = readReply(request.reply, response.text);
		if (value !== null) return { ok: true, value };
	}
	return { ok: false, trouble: troubleOf(response) };
}
