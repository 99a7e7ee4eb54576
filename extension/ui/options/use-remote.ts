import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { optionsWords } from "../words/options.ts";

/** Something asked of the backend. What was there stays on the page while it is asked again. */
export type Remote<Value> =
	| { state: "loading" }
	| { state: "ready"; value: Value }
	| { state: "failed"; message: string };

/** Loads when `key` changes (null: do not load), and on `reload`. A late answer to an older question is dropped. */
export function useRemote<Value>(key: string | null, load: () => Promise<Value>): [Remote<Value>, () => Promise<void>] {
	const [remote, setRemote] = useState<{ key: string | null; value: Remote<Value> }>({
		key,
		value: { state: "loading" },
	});
	const asked = useRef(0);
	const loadNow = useRef(load);
	loadNow.current = load;
	const reload = useCallback(async () => {
		asked.current += 1;
		const turn = asked.current;
		const value = await loadNow
			.current()
			.then((loaded): Remote<Value> => ({ state: "ready", value: loaded }))
			.catch((error: unknown): Remote<Value> => ({ state: "failed", message: messageOf(error) }));
		if (turn === asked.current) setRemote({ key, value });
	}, [key]);
	useEffect(() => {
		if (key !== null) void reload();
	}, [key, reload]);
	return [remote.key === key ? remote.value : { state: "loading" }, reload];
}

/** The sentence of an error: API and outbox errors are written for people. */
export function messageOf(error: unknown): string {
	return error instanceof Error && error.message !== "" ? error.message : optionsWords.wentWrong;
}
