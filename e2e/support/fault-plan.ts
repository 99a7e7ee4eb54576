/** Which requests, and how many of them, meet what. */
export type Fault = {
	method?: string;
	/** Matched against path and query. */
	path: RegExp;
	/** Only what this device asks. Default: everybody. */
	device?: string;
	/** Default 1. */
	times?: number;
} & FaultKind;

export type FaultKind =
	/** The connection is cut before anything is forwarded. */
	| { with: "refuse" }
	/** Forwarded and answered by the backend; the browser never sees the answer. */
	| { with: "drop-response" }
	/** Waits before forwarding, until released. */
	| { with: "hold-request" }
	/** Forwarded; the answer waits until released. */
	| { with: "hold-response" }
	/** Forwarded with a bearer token whose signature is wrong. */
	| { with: "spoil-token" }
	/** Answered here, without the backend. */
	| { with: "answer"; status: number; body?: string; headers?: Record<string, string> };

/** A fault that was planned: proof that it struck, and the hand that lets held requests go. */
export type PlannedFault = {
	/** How often it has struck. */
	strikes(): number;
	/** The statuses the backend gave to what was dropped or held; 0 when there was no answer. */
	statuses(): number[];
	release(): void;
};

type Struck = FaultKind & { reached(): void; answered(status: number): void; released: Promise<void> };
type Entry = { fault: Fault; left: number; strikes: number; statuses: number[]; released: Promise<void> };

type Asked = { method: string; path: string; authorization: string | undefined };

/** The device that a request's bearer token names, unverified; undefined for a request without one. */
export function deviceOf(authorization: string | undefined): string | undefined {
	const claims = authorization?.split(".")[1];
	if (claims === undefined) return undefined;
	const { device } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { device?: string };
	return device;
}

/** The faults of one proxy, in the order they were planned. */
export class FaultPlan {
	#entries: Entry[] = [];
	#releases: (() => void)[] = [];

	add(fault: Fault): PlannedFault {
		let release = () => {};
		const released = new Promise<void>((resolve) => {
			release = resolve;
		});
		const entry: Entry = { fault, left: fault.times ?? 1, strikes: 0, statuses: [], released };
		this.#entries.push(entry);
		this.#releases.push(release);
		return { strikes: () => entry.strikes, statuses: () => [...entry.statuses], release };
	}

	/** The fault this request meets, counted down, or null. */
	take({ method, path, authorization }: Asked): Struck | null {
		const entry = this.#entries.find(
			({ fault, left }) =>
				left > 0 &&
				(fault.method ?? method) === method &&
				(fault.device === undefined || fault.device === deviceOf(authorization)) &&
				fault.path.test(path),
		);
		if (!entry) return null;
		entry.left -= 1;
		return {
			...entry.fault,
			released: entry.released,
			reached: () => {
				entry.strikes += 1;
			},
			answered: (status) => void entry.statuses.push(status),
		};
	}

	/** Forgets all faults and lets go of what they hold. */
	clear(): void {
		for (const release of this.#releases) release();
		this.#entries = [];
		this.#releases = [];
	}
}
