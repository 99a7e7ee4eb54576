/** `told` is called with what came of the asking, unless it was superseded by then. */
export type Asking<Answer> = {
	/** Milliseconds in which nothing newer may come before it is asked. */
	delayMs: number;
	ask: (signal: AbortSignal) => Promise<Answer>;
	told: (outcome: { ok: true; answer: Answer } | { ok: false; error: unknown }) => void;
};

/** Asks after a pause in the typing. @returns takes the question back: it is not asked, or its answer is not waited for */
export function askAfterPause<Answer>({ delayMs, ask, told }: Asking<Answer>): () => void {
	const superseded = new AbortController();
	const timer = setTimeout(() => {
		void ask(superseded.signal)
			.then((answer) => ({ ok: true, answer }) as const)
			.catch((error: unknown) => ({ ok: false, error }) as const)
			.then((outcome) => {
				if (!superseded.signal.aborted) told(outcome);
			});
	}, delayMs);
	return () => {
		clearTimeout(timer);
		superseded.abort();
	};
}
