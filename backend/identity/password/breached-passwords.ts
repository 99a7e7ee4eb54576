import { createHash } from "node:crypto";
import type { Logger } from "pino";
import type { GuardedHttp } from "../../connectors/connector.ts";

/** Whether a password is known to have been published. */
export type BreachedPasswords = (password: string) => Promise<boolean>;

export type BreachedSettings = {
	/** Base of a range API as `https://api.pwnedpasswords.com` has it. */
	url: string;
	http: GuardedHttp;
	log: Pick<Logger, "warn">;
};

const prefixLength = 5;
/** Somebody waits at a form. */
const timeoutMs = 3_000;

/**
 * Asks by the first five characters of the SHA-1, which fit hundreds of passwords; which of them was meant stays here. Without an
 * answer the password is taken: the common ones are refused all the same, and nobody is kept out by a list that is away.
 */
export function createBreachedPasswords({ url, http, log }: BreachedSettings): BreachedPasswords {
	return async (password) => {
		const digest = createHash("sha1").update(password.normalize("NFC")).digest("hex").toUpperCase();
		const answer = await http({
			method: "GET",
			url: `${url}/range/${digest.slice(0, prefixLength)}`,
			// Padded answers all have about one length, or that would tell the prefix to whoever sees it pass.
			headers: { accept: "text/plain", "add-padding": "true" },
			signal: AbortSignal.timeout(timeoutMs),
		});
		if (answer.kind !== "answered" || answer.status !== 200) {
			const why = answer.kind === "answered" ? `status ${answer.status}` : answer.reason;
			log.warn({ why }, "the list of breached passwords did not answer");
			return false;
		}
		const suffix = digest.slice(prefixLength);
		// Padding has a count of 0.
		return answer.text.split(/\r?\n/).some((line) => {
			const [listed, count] = line.split(":");
			return listed?.toUpperCase() === suffix && Number(count) > 0;
		});
	};
}
