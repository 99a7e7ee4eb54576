import { useEffect, useState } from "preact/hooks";
import { account } from "../../../settings/items.ts";
import { sendDiagnosticsOf, sendsDiagnostics } from "../../../settings/send-diagnostics.ts";

/** Whether this person's diagnostics are sent, and whether that is known yet. */
export function useSending(): [on: boolean, known: boolean] {
	const [on, setOn] = useState<boolean | null>(null);
	useEffect(() => {
		const read = () => void sendsDiagnostics().then((userId) => setOn(userId !== null));
		read();
		const stops = [sendDiagnosticsOf, account].map((item) => item.watch(read));
		return () => {
			for (const stop of stops) stop();
		};
	}, []);
	return [on ?? false, on !== null];
}
