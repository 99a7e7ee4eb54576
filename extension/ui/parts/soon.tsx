import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Shorter waits show nothing: words that flash are worse than none. */
const quietMs = 400;

/** What is being waited for, said once the wait is long enough to be seen. */
export function Soon({ children }: { children: ComponentChildren }) {
	const [shown, setShown] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setShown(true), quietMs);
		return () => clearTimeout(timer);
	}, []);
	return (
		<p class="loading muted" role="status">
			{shown && children}
		</p>
	);
}
