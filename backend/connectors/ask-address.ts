import { guardReasons } from "./checked-address.ts";
import type { GuardedHttp } from "./connector.ts";

const patienceMs = 10_000;

/**
 * Whether the guard lets us to an address and somebody answers there (SEC-2, at the moment it is saved). A GET without content:
 * receivers of messages act on POST, so nothing is set off, and whatever they answer shows that they are there.
 *
 * @returns null, or a sentence on what is wrong with the address
 */
export async function askAddress(http: GuardedHttp, url: string, signal: AbortSignal): Promise<string | null> {
	const response = await http({ method: "GET", url, signal, timeoutMs: patienceMs });
	if (response.kind === "answered") return null;
	if (response.kind === "unanswered")
		return "Nobody answers at this address. Check it, and that the receiver is running.";
	switch (response.reason) {
		// What a reader is sent elsewhere for says nothing of what a sender is; neither does a long page.
		case guardReasons.redirect:
		case guardReasons.tooLarge:
			return null;
		case guardReasons.private:
			return "This address is not on the public internet. Whoever runs the server can allow it.";
		case guardReasons.insecure:
			return "This address has to begin with https.";
		case guardReasons.credentials:
			return "This address carries a user name or a password. Take them out.";
		default:
			return "This address cannot be read. Copy it again, whole.";
	}
}
