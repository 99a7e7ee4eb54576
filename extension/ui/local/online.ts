import { useEffect, useState } from "preact/hooks";

/** Whether the browser believes it has a network. */
export function useOnline(): boolean {
	const [online, setOnline] = useState(navigator.onLine);
	useEffect(() => {
		const update = () => setOnline(navigator.onLine);
		addEventListener("online", update);
		addEventListener("offline", update);
		return () => {
			removeEventListener("online", update);
			removeEventListener("offline", update);
		};
	}, []);
	return online;
}
