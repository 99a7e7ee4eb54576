/** Requests a minute, as documented; refilled when the next minute begins. */
export type QuotaSettings = {
	readsPerUser: number;
	writesPerUser: number;
	readsPerProject: number;
	writesPerProject: number;
};

export const documentedQuotas: QuotaSettings = {
	readsPerUser: 60,
	writesPerUser: 60,
	readsPerProject: 300,
	writesPerProject: 300,
};

/** Counts whole minutes of its clock. */
export class Quotas {
	settings: QuotaSettings = { ...documentedQuotas };
	/** Milliseconds; tests turn it forward instead of waiting. */
	now: () => number = () => Date.now();
	#minute = -1;
	readonly #used = new Map<string, number>();

	/** Whether one more of this kind may pass; the name of the quota that is used up if not. Counts what passes. */
	take(user: string, kind: "Read" | "Write"): string | null {
		const minute = Math.floor(this.now() / 60_000);
		if (minute !== this.#minute) this.#used.clear();
		this.#minute = minute;
		const { settings } = this;
		const [mine, project] = [`${kind} requests per minute per user ${user}`, `${kind} requests per minute`];
		const limits =
			kind === "Read"
				? [settings.readsPerUser, settings.readsPerProject]
				: [settings.writesPerUser, settings.writesPerProject];
		for (const [index, name] of [mine, project].entries()) {
			if ((this.#used.get(name) ?? 0) >= (limits[index] ?? 0)) return `${kind} requests`;
		}
		for (const name of [mine, project]) this.#used.set(name, (this.#used.get(name) ?? 0) + 1);
		return null;
	}
}
