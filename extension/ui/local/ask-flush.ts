import { ask } from "../../messages/ask.ts";

/** The background sends; when it cannot be woken, its alarm does it later, so nothing is lost by not waiting for it. */
export function askFlush(): void {
	void ask("outbox.flush", {}).catch(() => undefined);
}
