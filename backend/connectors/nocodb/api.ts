import type { Static, TSchema } from "@sinclair/typebox";
import type { ConnectorCall, HttpRequest } from "../connector.ts";
import { readReply } from "../read-reply.ts";
import type { Answer } from "../row-trouble.ts";
import { readServerAddress } from "../server-address.ts";
import { troubleOf } from "./errors.ts";

export type ApiRequest<Schema extends TSchema> = {
	method: HttpRequest["method"];
	/** Under the server's address, with a leading slash; every part already encoded. */
	path: string;
	json?: unknown;
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
		url: `${address}${request.path}`,
		headers: { "xc-token": token },
		...(request.json === undefined ? {} : { json: request.json }),
		signal: call.signal,
	});
	if (response.kind === "answered" && (response.status === 200 || response.status === 201)) {
		const value = readReply(request.reply, response.text);
		if (value !== null) return { ok: true, value };
	}
	return { ok: false, trouble: troubleOf(response) };
}

/** The server's address without the page that was open when it was copied (`/dashboard/#/nc/…`). */
export function addressOf({ credential }: Pick<ConnectorCall, "credential">): string | null {
	return readServerAddress(credential.address, /\/(?:dashboard|api\/v\d+)(?:\/|$)/);
}
