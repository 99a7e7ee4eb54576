import { browser } from "wxt/browser";
import { t } from "../i18n/t.ts";
import { envelope, type Reply } from "./envelope.ts";
import type { MessageName, Protocol } from "./protocol.ts";

/**
 * Asks the background. Wakes it when it sleeps.
 * @throws Error when the background failed or was stopped before it answered; asking again is safe for every message.
 */
export async function ask<Name extends MessageName>(
	name: Name,
	payload: Protocol[Name]["ask"],
): Promise<Protocol[Name]["answer"]> {
	const reply: Reply<Name> | undefined = await browser.runtime.sendMessage(envelope(name, payload));
	if (!reply) throw new Error(t("answers.noBackground"));
	if (!reply.ok) throw new Error(reply.message);
	return reply.answer;
}
