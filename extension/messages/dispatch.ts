import { browser } from "wxt/browser";
import { t } from "../i18n/t.ts";
import { isEnvelope, type Reply } from "./envelope.ts";
import type { MessageName, Protocol } from "./protocol.ts";

export type Handlers = {
	[Name in MessageName]: (payload: Protocol[Name]["ask"]) => Promise<Protocol[Name]["answer"]>;
};

/** As much of a runtime message's sender as the check needs. */
export type Sender = { id?: string | undefined; url?: string | undefined };

/** Answers the extension's own pages. Call it synchronously when the background starts: a message may have woken it. */
export function listen(handlers: Handlers): void {
	browser.runtime.onMessage.addListener((message: unknown, sender: Sender, sendResponse: (reply: Reply) => void) => {
		const self = { id: browser.runtime.id, origin: location.origin };
		if (!isEnvelope(message) || !isOwnPage(sender, self)) return undefined;
		dispatch(handlers, message.sheaf, message.payload).then(sendResponse, () => undefined);
		// Keeps the channel open; a returned promise is not understood by every supported Chrome.
		return true;
	});
}

/**
 * Only our own pages may ask. A content script carries our id too but runs in a page's process, and could be made to
 * ask for a token: its address is the page's.
 */
export function isOwnPage(sender: Sender, self: { id: string; origin: string }): boolean {
	return sender.id === self.id && (sender.url ?? "").startsWith(`${self.origin}/`);
}

/** @returns the handler's answer, or why there is none. Never rejects: the asking page must not wait for ever. */
export async function dispatch(handlers: Handlers, name: string, payload: unknown): Promise<Reply> {
	const handler = Object.hasOwn(handlers, name) ? handlers[name as MessageName] : undefined;
	if (!handler) return { ok: false, message: t("answers.otherVersion") };
	try {
		return { ok: true, answer: await handler(payload as never) };
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : String(error) };
	}
}
