import { createHmac, randomBytes } from "node:crypto";
import { makeId } from "./state.ts";

export type ChangeType = "add" | "update" | "remove";
/** Who did it: a person in Airtable itself, or somebody by its API. */
export type ChangeSource = "client" | "publicApi";

export type RowChange = { baseId: string; tableId: string; rowId: string; type: ChangeType; source: ChangeSource };

export type WebhookFilters = {
	dataTypes: string[];
	recordChangeScope?: string;
	changeTypes?: string[];
	fromSources?: string[];
};

export type Webhook = {
	id: string;
	baseId: string;
	/** Whose token made it. */
	userId: string;
	notificationUrl: string | null;
	filters: WebhookFilters;
	macSecretBase64: string;
	expiresAt: number;
	notifies: boolean;
	payloads: object[];
	/** The number of the first payload that is kept. */
	firstCursor: number;
};

/** `status` null: it was not taken. */
export type Ping = { webhookId: string; status: number | null };

export const webhookLifeMs = 7 * 24 * 3_600_000;

/** The webhooks of all bases, their payloads, and the pings that leave. */
export class Webhooks {
	#webhooks: Webhook[] = [];
	#pinging = new Set<Promise<void>>();
	#transaction = 0;
	/** Switched off, changes are noted and nobody is told: what a lost notification looks like. */
	pings = true;
	readonly sent: Ping[] = [];

	add(made: Pick<Webhook, "baseId" | "userId" | "notificationUrl" | "filters">): Webhook {
		const webhook: Webhook = {
			...made,
			id: makeId("ach"),
			macSecretBase64: randomBytes(32).toString("base64"),
			expiresAt: Date.now() + webhookLifeMs,
			notifies: true,
			payloads: [],
			firstCursor: 1,
		};
		this.#webhooks.push(webhook);
		return webhook;
	}

	of(baseId: string): Webhook[] {
		return this.#webhooks.filter((webhook) => webhook.baseId === baseId && webhook.expiresAt > Date.now());
	}

	remove(id: string): void {
		this.#webhooks = this.#webhooks.filter((webhook) => webhook.id !== id);
	}

	/** Everything there is, the expired too: for tests. */
	all(): readonly Webhook[] {
		return this.#webhooks;
	}

	note(change: RowChange): void {
		this.#transaction += 1;
		for (const webhook of this.of(change.baseId)) {
			if (!isWanted(webhook.filters, change)) continue;
			webhook.payloads.push(payloadOf(change, this.#transaction));
			if (this.pings && webhook.notifies) this.#ping(webhook);
		}
	}

	/** Once more without anything having happened, as Airtable does after a failed one. */
	pingAgain(): void {
		for (const webhook of this.#webhooks) this.#ping(webhook);
	}

	/** Resolves when every ping that left was answered. */
	async settled(): Promise<void> {
		await Promise.all(this.#pinging);
	}

	#ping(webhook: Webhook): void {
		if (webhook.notificationUrl === null) return;
		const body = pingOf(webhook);
		const mac = createHmac("sha256", Buffer.from(webhook.macSecretBase64, "base64")).update(body).digest("hex");
		const headers = { "content-type": "application/json", "x-airtable-content-mac": `hmac-sha256=${mac}` };
		const pinging = post(webhook.notificationUrl, { headers, body }).then((status) => {
			this.sent.push({ webhookId: webhook.id, status });
			// After a day of tries; here at once.
			if (status === null) webhook.notifies = false;
			this.#pinging.delete(pinging);
		});
		this.#pinging.add(pinging);
	}
}

/** The status of a ping that was taken: 200 or 204 with nothing in it. Anything else is null. */
async function post(
	url: string,
	{ headers, body }: { headers: Record<string, string>; body: string },
): Promise<number | null> {
	try {
		const reply = await fetch(url, { method: "POST", headers, body });
		const isEmpty = (await reply.text()) === "";
		return isEmpty && (reply.status === 200 || reply.status === 204) ? reply.status : null;
	} catch {
		return null;
	}
}

function isWanted(filters: WebhookFilters, { tableId, type, source }: RowChange): boolean {
	const { dataTypes, recordChangeScope, changeTypes, fromSources } = filters;
	return (
		dataTypes.includes("tableData") &&
		(recordChangeScope === undefined || recordChangeScope === tableId) &&
		(changeTypes === undefined || changeTypes.includes(type)) &&
		(fromSources === undefined || fromSources.includes(source))
	);
}

function payloadOf({ tableId, rowId, type, source }: RowChange, baseTransactionNumber: number): object {
	const values = { cellValuesByFieldId: {} };
	const change = {
		add: { createdRecordsById: { [rowId]: { createdTime: new Date().toISOString(), ...values } } },
		update: { changedRecordsById: { [rowId]: { current: values } } },
		remove: { destroyedRecordIds: [rowId] },
	}[type];
	return {
		timestamp: new Date().toISOString(),
		baseTransactionNumber,
		payloadFormat: "v0",
		actionMetadata: { source, sourceMetadata: {} },
		changedTablesById: { [tableId]: change },
	};
}

/** Content-free: which base and which webhook. */
function pingOf({ id, baseId }: Webhook): string {
	return JSON.stringify({ base: { id: baseId }, webhook: { id }, timestamp: new Date().toISOString() });
}
