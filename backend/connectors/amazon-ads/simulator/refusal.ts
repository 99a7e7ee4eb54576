import type { SimulatedReply } from "../../simulator-server.ts";

/** Amazon's error body, as most of its interface writes it. */
export function refusal(status: number, code: string, details: string): SimulatedReply {
	return { status, body: { code, details }, headers: { "x-amzn-requestid": crypto.randomUUID() } };
}

/** As the gateway in front of it writes it. */
export const forbidden: SimulatedReply = { status: 403, body: { message: "Forbidden" } };

export const throttledReply: SimulatedReply = {
	status: 429,
	body: { code: "429", details: "Too Many Requests" },
};

/** JSON whose ids are numbers of any length, which no number here could hold. */
export function withNumbers(body: unknown, ...ids: string[]): SimulatedReply {
	const pattern = new RegExp(`("(?:${ids.join("|")})":)"(\\d+)"`, "g");
	const text = JSON.stringify(body).replace(pattern, "$1$2");
	return { status: 200, body: text, headers: { "content-type": "application/json" } };
}
