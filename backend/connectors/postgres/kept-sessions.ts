import { createHash } from "node:crypto";
import { type OpenSession, openSession, type Session, type SessionRequest, withSession } from "./session.ts";
import type { Settings } from "./settings.ts";
import { SessionError } from "./trouble.ts";

export type KeptSessionsOptions = {
	/** Idle ones in this process, at most; the one that has been idle longest goes first. */
	most: number;
	/** How long one may be idle: other people's servers have few connections. */
	idleMs: number;
	/** How long one may live: rights that were taken away and addresses that moved are noticed then. */
	lifeMs: number;
};

const usual: KeptSessionsOptions = { most: 20, idleMs: 10_000, lifeMs: 5 * 60_000 };

type Kept = { holder: string; fingerprint: string; session: OpenSession; bornAt: number };
type Idle = Kept & { timer: ReturnType<typeof setTimeout> };

/**
 * Sessions between pushes: opening one costs more than writing a batch of rows over it. One is used by one push at a time, and only for
 * the connection it was opened for (`call.keep.holder`) with the very same settings; other settings of the same connection close it.
 * Calls that keep nothing get a session of their own.
 */
export class KeptSessions {
	readonly #options: KeptSessionsOptions;
	/** The one that was put back last is the last. */
	#idle: Idle[] = [];
	#isClosed = false;

	constructor(options: Partial<KeptSessionsOptions> = {}) {
		this.#options = { ...usual, ...options };
	}

	/** @throws SessionError, or the driver's error with PostgreSQL's code */
	async use<Value>(request: SessionRequest, work: (sql: Session) => Promise<Value>): Promise<Value> {
		const { keep, signal } = request.call;
		if (keep === undefined) return await withSession(request, work);
		const place = { holder: keep.holder, fingerprint: fingerprintOf(request.settings) };
		let kept = this.#take(place);
		// What dials nothing is a request all the same.
		if (kept !== null && !(await keep.turn())) {
			this.#putBack(kept);
			throw new SessionError({ kind: "aborted" });
		}
		for (;;) {
			const used = kept ?? { ...place, session: await openSession(request), bornAt: performance.now() };
			try {
				const value = await used.session.use(work, signal);
				this.#putBack(used);
				return value;
			} catch (error) {
				const hungUp = !used.session.isOpen();
				used.session.close();
				// Whoever hung up on a session at rest said nothing about this work: done again on a new one, it finds what it may have written.
				if (kept === null || !hungUp || signal.aborted) throw error;
				kept = null;
			}
		}
	}

	/** Closes what is idle, and from now on everything that is put back. */
	close(): void {
		this.#isClosed = true;
		for (const idle of this.#idle) this.#drop(idle);
	}

	#take({ holder, fingerprint }: Pick<Kept, "holder" | "fingerprint">): Kept | null {
		const own = this.#idle.filter((idle) => idle.holder === holder);
		const isGood = (idle: Idle) => idle.fingerprint === fingerprint && idle.session.isOpen() && this.#isYoung(idle);
		for (const idle of own) if (!isGood(idle)) this.#drop(idle);
		const [taken] = own.filter(isGood).slice(-1);
		if (taken === undefined) return null;
		this.#forget(taken);
		return taken;
	}

	#putBack({ holder, fingerprint, session, bornAt }: Kept): void {
		const kept = { holder, fingerprint, session, bornAt };
		if (this.#isClosed || !session.isOpen() || !this.#isYoung(kept)) {
			session.close();
			return;
		}
		const timer = setTimeout(() => this.#drop(idle), this.#options.idleMs);
		timer.unref();
		const idle: Idle = { ...kept, timer };
		this.#idle.push(idle);
		const [oldest] = this.#idle;
		if (this.#idle.length > this.#options.most && oldest !== undefined) this.#drop(oldest);
	}

	#isYoung({ bornAt }: Kept): boolean {
		return performance.now() - bornAt < this.#options.lifeMs;
	}

	#forget(idle: Idle): void {
		clearTimeout(idle.timer);
		this.#idle = this.#idle.filter((other) => other !== idle);
	}

	#drop(idle: Idle): void {
		this.#forget(idle);
		idle.session.close();
	}
}

/** Of everything that makes a session what it is; a digest, so that no password is kept beside it. */
function fingerprintOf(settings: Settings): string {
	return createHash("sha256").update(JSON.stringify(settings)).digest("base64url");
}
