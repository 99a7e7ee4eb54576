import { useEffect, useState } from "preact/hooks";

type Stored<Value> = { getValue: () => Promise<Value>; watch: (changed: (value: Value) => void) => () => void };

/** A stored item, kept up with; null until it was read. */
export function useStored<Value>(item: Stored<Value>): Value | null {
	const [value, setValue] = useState<Value | null>(null);
	useEffect(() => {
		void item.getValue().then(setValue);
		return item.watch(setValue);
	}, [item]);
	return value;
}
