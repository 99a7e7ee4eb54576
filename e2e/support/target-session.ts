import type { Browser, CDPSession } from "@playwright/test";
import { waitUntil } from "./wait-until.ts";

/**
 * DevTools session of one target that Playwright does not list as a page: the real popup, which it opens for nobody.
 * Messages go through the browser-level session.
 */
export class TargetSession {
	readonly #browser: CDPSession;
	readonly #sessionId: string;
	readonly #waiting = new Map<number, (message: Message) => void>();
	#lastId = 0;
	#closed = false;

	private constructor(browser: CDPSession, sessionId: string) {
		this.#browser = browser;
		this.#sessionId = sessionId;
		browser.on("Target.receivedMessageFromTarget", (event) => {
			if (event.sessionId !== sessionId) return;
			const message = JSON.parse(event.message) as Message;
			if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
		});
		browser.on("Target.detachedFromTarget", (event) => {
			if (event.sessionId === sessionId) this.#close();
		});
	}

	/** Waits for a target whose address starts with `url` and attaches to it. */
	static async attach(browser: Browser, url: string): Promise<TargetSession> {
		const session = await browser.newBrowserCDPSession();
		const target = await waitUntil(`a target at ${url}`, async () => {
			const { targetInfos } = await session.send("Target.getTargets");
			return targetInfos.find((info) => info.type === "page" && info.url.startsWith(url));
		});
		const { sessionId } = await session.send("Target.attachToTarget", { targetId: target.targetId, flatten: false });
		return new TargetSession(session, sessionId);
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** One DevTools command. Rejects when it fails or when the target closes before it answers. */
	async send<Result = unknown>(method: string, params: Record<string, unknown> = {}): Promise<Result> {
		if (this.#closed) throw new Error("The target is closed.");
		this.#lastId += 1;
		const id = this.#lastId;
		const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
		await this.#browser.send("Target.sendMessageToTarget", {
			sessionId: this.#sessionId,
			message: JSON.stringify({ id, method, params }),
		});
		const message = await answer;
		this.#waiting.delete(id);
		if (message.error) throw new Error(`${method}: ${message.error.message}`);
		return message.result as Result;
	}

	/** Evaluates an expression in the target and gives its JSON value back; promises are awaited. */
	async evaluate<Value>(expression: string): Promise<Value> {
		const { result, exceptionDetails } = await this.send<Evaluated>("Runtime.evaluate", {
			expression,
			awaitPromise: true,
			returnByValue: true,
			userGesture: true,
		});
		if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
		return result.value as Value;
	}

	#close(): void {
		this.#closed = true;
		for (const answer of this.#waiting.values()) answer({ error: { message: "the target closed" } });
		this.#waiting.clear();
	}
}

type Message = { id?: number; result?: unknown; error?: { message: string } };
type Evaluated = {
	result: { value?: unknown };
	exceptionDetails?: { text: string; exception?: { description?: string } };
};
