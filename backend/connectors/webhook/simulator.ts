import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { ConformanceFault } from "../conformance-bench.ts";
import { type Answer, type Received, type Receiver, startReceiver } from "../test-receiver.ts";

export type WebhookMessage = { id: string; type: string; data: Record<string, unknown> };

/**
 * A receiver as Standard Webhooks describes it, with the standard's own library: it checks every signature over the text as it
 * came, takes only JSON, and drops a message whose id it has taken before.
 */
export type WebhookSimulator = {
	url: string;
	/** Every message that was accepted, repetitions too. */
	arrived: WebhookMessage[];
	/** The messages, each id once. */
	kept(): WebhookMessage[];
	fail(fault: ConformanceFault): void;
	/** What every well-signed message is answered with from now on. */
	answerWith(status: number): void;
	/** Refuses a message for its content; null takes it. */
	validate: (message: WebhookMessage) => number | null;
	/** From now on another secret is the right one. */
	changeSecret(secret: string): void;
	stop(): Promise<void>;
};

export async function startWebhookSimulator(secret: string): Promise<WebhookSimulator> {
	const arrived: WebhookMessage[] = [];
	const kept = new Map<string, WebhookMessage>();
	let webhook = new Webhook(secret);
	let status = 204;
	const take = (received: Received): Answer => {
		if (received.method !== "POST") return { status: 405, text: "" };
		if (!received.headers.get("content-type")?.startsWith("application/json")) return { status: 415, text: "" };
		try {
			webhook.verify(received.text, Object.fromEntries(received.headers));
		} catch (error) {
			if (error instanceof WebhookVerificationError) return { status: 401, text: "" };
			return { status: 400, text: "" };
		}
		const message = { id: received.headers.get("webhook-id") ?? "", ...JSON.parse(received.text) } as WebhookMessage;
		const refusal = status >= 300 ? status : simulator.validate(message);
		if (refusal === null) {
			arrived.push(message);
			if (!kept.has(message.id)) kept.set(message.id, message);
		}
		return { status: refusal ?? status, text: "" };
	};
	const receiver: Receiver = await startReceiver(take);
	const simulator: WebhookSimulator = {
		url: receiver.url,
		arrived,
		kept: () => [...kept.values()],
		fail: receiver.fail,
		answerWith: (next) => {
			status = next;
		},
		validate: () => null,
		changeSecret: (next) => {
			webhook = new Webhook(next);
		},
		stop: receiver.stop,
	};
	return simulator;
}
