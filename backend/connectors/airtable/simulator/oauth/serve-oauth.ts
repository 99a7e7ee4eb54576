import { type Exchange, readBody, send, strike } from "../exchange.ts";
import { notFound } from "../replies.ts";
import type { World } from "../world.ts";
import { answerConsent, askConsent } from "./authorize.ts";
import { redeemOrRefresh } from "./token.ts";

/** Everything under `/oauth2/v1/`. Faults strike the token endpoint as they strike the API. */
export async function serveOAuth(world: World, exchange: Exchange, url: URL): Promise<void> {
	const { method = "GET", headers } = exchange.request;
	if (url.pathname === "/oauth2/v1/authorize" && method === "GET") {
		return send(exchange, askConsent(world, url.searchParams));
	}
	if (method !== "POST") return send(exchange, notFound());
	const form = new URLSearchParams((await readBody(exchange.request)) ?? "");
	if (url.pathname === "/oauth2/v1/authorize") return send(exchange, answerConsent(world, form));
	if (url.pathname !== "/oauth2/v1/token") return send(exchange, notFound());
	const { authorization, "content-type": contentType = "" } = headers;
	const fault = world.faults.take(method, url.pathname);
	const begin = () => redeemOrRefresh(world, { authorization, contentType, form });
	if (fault !== null) return strike(fault, exchange, () => begin().finish());
	const work = begin();
	if (work.afterMs > 0) await new Promise((resolve) => setTimeout(resolve, work.afterMs));
	return send(exchange, work.finish());
}
