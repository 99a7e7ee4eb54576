import { useEffect, useState } from "preact/hooks";

/** How often the person has come back to the page: they may have changed at the provider what is shown here. */
export function useReturns(): number {
	const [returns, setReturns] = useState(0);
	useEffect(() => {
		const count = () => {
			if (document.visibilityState === "visible") setReturns((before) => before + 1);
		};
		document.addEventListener("visibilitychange", count);
		return () => document.removeEventListener("visibilitychange", count);
	}, []);
	return returns;
}
