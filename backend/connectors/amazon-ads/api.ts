import type { Static, TSchema } from "@sinclair/typebox";
import type { ConnectorCall, HttpRequest } from "../connector.ts";
import { readReply } from "../read-reply.ts";
import { type Trouble, troubleOf } from "./errors.ts";
import { idsAsText } from "./ids-as-text.ts";
import type { AmazonAddresses, ProfilePlace, RegionId } from "./regions.ts";

export type Answer<Value> = { ok: true; value: Value } | { ok: false; trouble: Trouble };

export type ApiRequest<Schema extends TSchema> = {
	method: HttpRequest["method"];
	/** The path with its query. */
	path: string;
	/** Asked of a region without an account, or as one of its accounts. */
	at: { region: RegionId } | ProfilePlace;
	/** The versioned media type: Amazon wants it in what is sent and in what is accepted. JSON when left out. */
	media?: string;
	json?: unknown;
	reply: Schema;
};

/** One request to the advertising interface, and its reply as the shape asked for or what kept it from coming. */
export async function ask<Schema extends TSchema>(
	addresses: AmazonAddresses,
	call: ConnectorCall,
	{ method, path, at, media = "application/json", json, reply }: ApiRequest<Schema>,
): Promise<Answer<Static<Schema>>> {
	const bytes = json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(json));
	return await send(call, reply, {
		method,
		url: `${addresses.apiUrls[at.region]}${path}`,
		headers: {
			accept: media,
			"amazon-advertising-api-clientid": addresses.clientId,
			...("number" in at ? { "amazon-advertising-api-scope": at.number } : {}),
		},
		...(bytes === undefined ? {} : { raw: { type: media, bytes } }),
	});
}

/** Whose login it is, asked of Login with Amazon. */
export async function askLogin<Schema extends TSchema>(
	addresses: AmazonAddresses,
	call: ConnectorCall,
	reply: Schema,
): Promise<Answer<Static<Schema>>> {
	return await send(call, reply, { method: "GET", url: addresses.userInfoUrl });
}

async function send<Schema extends TSchema>(
	call: ConnectorCall,
	reply: Schema,
	request: Omit<HttpRequest, "signal">,
): Promise<Answer<Static<Schema>>> {
	const token = (call.credential["token"] ?? "").trim();
	// In other letters it could not even be sent.
	if (!/^[\x21-\x7e]+$/.test(token)) return { ok: false, trouble: { kind: "credential" } };
	const response = await call.http({
		...request,
		headers: { authorization: `Bearer ${token}`, ...request.headers },
		signal: call.signal,
	});
	if (response.kind === "answered" && response.status === 200) {
		const value = readReply(reply, idsAsText(response.text));
		if (value !== null) return { ok: true, value };
	}
	return { ok: false, trouble: troubleOf(response) };
}
