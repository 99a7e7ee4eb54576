import type { LiveEnd } from "../contract/live.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { type LiveCursor, writeCursor } from "./live-cursor.ts";
import { encodeEvent, heartbeat } from "./live-event.ts";
import type { Look, Opening } from "./read-changes.ts";

/** What one stream is given; `live.ts` makes the parts that all share. */
export type StreamDeps = {
	principal: Principal;
	/** Who the member is by now. @throws SheafError when they may not listen any more */
	standing: () => Promise<Principal>;
	/** When the token ends that the stream was asked for with (epoch milliseconds). */
	expiresAt: number;
	/** Whether there are shapes beside it. */
	shapes: boolean;
	open: (principal: Principal) => Promise<Opening>;
	look: (principal: Principal, cursor: LiveCursor) => Promise<Look>;
	now: () => number;
	/** Called once, when nothing will be said any more. */
	onEnd: (stream: LiveStream) => void;
	onTrouble: (error: unknown) => void;
};

const heartbeatMs = 15_000;
/** Beyond it, nobody reads at the other end. */
const stalledMs = 45_000;
/** A burst of commits is told in few looks: the first at once, the others no closer together than this. */
const pauseMs = 100;
const maxQueuedBytes = 65_536;
/** Those that a stopped process served come back over this time. */
const comeBackMs: Readonly<Record<LiveEnd["reason"], number>> = {
	token: 0,
	standing: 0,
	closing: 4_000,
	trouble: 4_000,
};

/**
 * One client's stream. It reads only when it was woken and the client took what was said before, one look at a time. Nothing of it waits while
 * nothing happens: its timer is everybody's (`tick`).
 */
export class LiveStream {
	readonly userId: string;
	readonly workspaceId: string;
	readonly body: ReadableStream<Uint8Array>;
	readonly #deps: StreamDeps;
	#controller: ReadableStreamDefaultController<Uint8Array> | null = null;
	#cursor: LiveCursor | null = null;
	#woken = true;
	#doubted = false;
	#announced = false;
	#running = false;
	#ended = false;
	#lookedAt = 0;
	#saidAt: number;

	constructor(deps: StreamDeps) {
		this.#deps = deps;
		this.userId = deps.principal.userId;
		this.workspaceId = deps.principal.workspaceId;
		this.#saidAt = deps.now();
		this.body = new ReadableStream<Uint8Array>(
			{
				start: (controller) => {
					this.#controller = controller;
				},
				pull: () => void this.#run(),
				cancel: () => this.#finish(),
			},
			new ByteLengthQueuingStrategy({ highWaterMark: maxQueuedBytes }),
		);
	}

	/** Something of its workspace may have changed. */
	wake(): void {
		this.#woken = true;
		void this.#run();
	}

	/** The member may not be who they were. */
	doubt(): void {
		this.#doubted = true;
		void this.#run();
	}

	/** Called every few seconds. */
	tick(): void {
		const now = this.#deps.now();
		if (now >= this.#deps.expiresAt) return this.end("token");
		if (now - this.#saidAt < heartbeatMs) return;
		if (this.#takes()) return this.#say(heartbeat);
		if (now - this.#saidAt >= stalledMs) this.end("trouble");
	}

	/** Says why, and closes. */
	end(reason: LiveEnd["reason"]): void {
		if (this.#ended) return;
		const retryAfterMs = Math.round(Math.random() * comeBackMs[reason]);
		if (this.#takes()) this.#say(encodeEvent("end", { reason, retryAfterMs }));
		try {
			this.#controller?.close();
		} catch {
			// The client was quicker.
		}
		this.#finish();
	}

	#finish(): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#deps.onEnd(this);
	}

	async #run(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		try {
			// A doubt is settled whether the client reads or not: who has left is not kept on the line.
			while (!this.#ended && (this.#doubted || (this.#woken && this.#takes()))) {
				if (this.#doubted) await this.#askStanding();
				else await this.#look();
			}
		} catch (error) {
			this.#deps.onTrouble(error);
			this.end("trouble");
		} finally {
			this.#running = false;
		}
	}

	async #askStanding(): Promise<void> {
		this.#doubted = false;
		const { principal, standing } = this.#deps;
		const now = await standing().catch((error: unknown) => {
			if (error instanceof SheafError) return null;
			throw error;
		});
		if (now?.role !== principal.role) this.end("standing");
	}

	async #look(): Promise<void> {
		const { principal, open, look, now, shapes } = this.#deps;
		if (this.#cursor === null) {
			const { cursor, reset } = await open(principal);
			this.#cursor = cursor;
			if (reset) this.#say(encodeEvent("reset", {}, writeCursor(cursor)));
			return;
		}
		const restMs = this.#announced ? this.#lookedAt + pauseMs - now() : 0;
		if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
		// Before reading: a ring that comes meanwhile is for the next look.
		this.#woken = false;
		this.#lookedAt = now();
		const found = await look(principal, this.#cursor);
		// While we read somebody may have rung that they are not who they were: nothing read under doubt is said.
		if (this.#doubted) {
			this.#woken = true;
			return;
		}
		this.#cursor = found.cursor;
		this.#woken ||= found.more;
		const id = writeCursor(found.cursor);
		if (found.changes !== null) this.#say(encodeEvent("changes", found.changes, id));
		if (!found.more && !this.#announced) {
			this.#announced = true;
			this.#say(encodeEvent("ready", { shapes }, id));
		}
	}

	#takes(): boolean {
		return (this.#controller?.desiredSize ?? 0) > 0;
	}

	#say(chunk: Uint8Array): void {
		if (this.#ended) return;
		this.#saidAt = this.#deps.now();
		this.#controller?.enqueue(chunk);
	}
}
