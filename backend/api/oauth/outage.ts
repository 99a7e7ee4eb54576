import { isDatabaseUnavailable } from "../../db/unavailable.ts";
import { answerAddress } from "../../identity/authorization-request.ts";
import type { Onward } from "./destination.ts";
import { type PageSet, sendTo } from "./page.ts";

/**
 * While the database is away a client is told so at its redirect (RFC 6749 §4.1.2.1): the window that shows our pages would close at a
 * 503, which looks as if the person had closed it.
 */
export async function tellOutage(
	set: PageSet,
	{ destination, issuer }: { destination: Onward; issuer: string },
	work: () => Promise<string>,
): Promise<string> {
	try {
		return await work();
	} catch (error) {
		if (destination.kind !== "client" || !isDatabaseUnavailable(error)) throw error;
		const { redirectUri, state } = destination.request;
		const description = "the database does not answer right now; try again in a moment";
		const answer = { error: "temporarily_unavailable", error_description: description, state };
		return sendTo(set, answerAddress(redirectUri, issuer, answer));
	}
}
