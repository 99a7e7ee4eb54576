import { useEffect, useRef, useState } from "preact/hooks";

/** Something asked of the backend; a failure with its code, which says what helps. */
export type Asked<Value> =
	| { state: "loading" }
	| { state: "ready"; value: Value }
	| { state: "failed"; failure: unknown };

/** Asks when `key` changes (null: does not ask) and on `again`. What an older question brings is dropped. */
export function useAsked<Value>(
	key: string | null,
	ask: (signal: AbortSignal) => Promise<Value>,
): { asked: Asked<Value>; again: () => void } {
	const [answer, setAnswer] = useState<{ key: string | null; asked: Asked<Value> }>({
		key,
		asked: { state: "loading" },
	});
	const [turn, setTurn] = useState(0);
	const now = useRef(ask);
	now.current = ask;
	useEffect(() => {
		if (key === null) return;
		const leaving = new AbortController();
		// What is known stays while it is asked for again, and where that fails: what stands on it is not drawn anew.
		const tell = (asked: Asked<Value>) => {
			if (leaving.signal.aborted) return;
			setAnswer((before) => {
				const isKnown = before.key === key && before.asked.state === "ready" && asked.state !== "ready";
				return isKnown ? before : { key, asked };
			});
		};
		tell({ state: "loading" });
		now.current(leaving.signal).then(
			(value) => tell({ state: "ready", value }),
			(failure: unknown) => tell({ state: "failed", failure }),
		);
		return () => leaving.abort();
	}, [key, turn]);
	return { asked: answer.key === key ? answer.asked : { state: "loading" }, again: () => setTurn(turn + 1) };
}
