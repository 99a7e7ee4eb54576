import type { Static, TSchema } from "@sinclair/typebox";
import type { ConnectorCall, HttpRequest, HttpResponse } from "../connector.ts";
import { type Trouble, troubleOf } from "./errors.ts";
import { parseReply } from "./replies.ts";

/** How one Airtable (or its stand-in) is spoken to. */
export type ApiSettings = {
	/** What people call it. */
	title: string;
	/** With the version segment and no trailing slash: `https://api.airtable.com/v0`. */
	apiUrl: string;
	/** Where files are uploaded to, of the same form. */
	contentUrl: string;
	/** Stands in for the person's token where there is no account (the practice base). */
	fixedToken: string | null;
};

export type Answer<Value> = { ok: true; value: Value } | { ok: false; trouble: Trouble };

export type ApiRequest<Schema extends TSchema> = {
	method: HttpRequest["method"];
	/** The API's host unless said otherwise. */
	host?: "content";
	/** Under that host's base, with a leading slash; every part already encoded. */
	path: string;
	json?: unknown;
	reply: Schema;
};

/** One request, and its reply as the shape asked for or what kept it from coming. */
export async function ask<Schema extends TSchema>(
	settings: ApiSettings,
	call: ConnectorCall,
	request: ApiRequest<Schema>,
): Promise<Answer<Static<Schema>>> {
	const response = await send(settings, call, request);
	if (response === null) return { ok: false, trouble: { kind: "credential" } };
	if (response.kind === "answered" && response.status === 200) {
		const value = parseReply(request.reply, response.text);
		if (value !== null) return { ok: true, value };
	}
	return { ok: false, trouble: troubleOf(response) };
}

/** One request whose reply says nothing of interest: that it was accepted is enough. */
export async function order(
	settings: ApiSettings,
	call: ConnectorCall,
	request: Omit<ApiRequest<TSchema>, "reply">,
): Promise<Answer<null>> {
	const response = await send(settings, call, request);
	if (response === null) return { ok: false, trouble: { kind: "credential" } };
	const accepted = response.kind === "answered" && response.status >= 200 && response.status < 300;
	return accepted ? { ok: true, value: null } : { ok: false, trouble: troubleOf(response) };
}

/** Null when there is no token that could be sent. */
async function send(
	settings: ApiSettings,
	call: ConnectorCall,
	request: Omit<ApiRequest<TSchema>, "reply">,
): Promise<HttpResponse | null> {
	const token = settings.fixedToken ?? (call.credential.token ?? "").trim();
	// Pasted with a line break or in other letters it could not even be sent.
	if (!/^[\x21-\x7e]+$/.test(token)) return null;
	return await call.http({
		method: request.method,
		url: `${request.host === "content" ? settings.contentUrl : settings.apiUrl}${request.path}`,
		headers: { authorization: `Bearer ${token}` },
		...(request.json === undefined ? {} : { json: request.json }),
		signal: call.signal,
	});
}

/** The API's base from an address that may or may not carry the version: both are common in settings. */
export function versioned(address: string): string {
	const trimmed = address.replace(/\/+$/, "");
	return trimmed.endsWith("/v0") ? trimmed : `${trimmed}/v0`;
}
