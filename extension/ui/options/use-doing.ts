import { useState } from "preact/hooks";
import { messageOf } from "./use-remote.ts";

/** One thing being done at a press: whether it runs, and the sentence when it failed. */
export function useDoing() {
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);
	const run = (work: () => Promise<void>) => {
		if (busy) return;
		setBusy(true);
		setProblem(null);
		work()
			.catch((error: unknown) => setProblem(messageOf(error)))
			.finally(() => setBusy(false));
	};
	return { busy, problem, run };
}
