import { useState } from "preact/hooks";
import { diagnosticsToCopy } from "../local/diagnostics.ts";
import { diagnosticsWords as words } from "../words/diagnostics.ts";
import { Button } from "./button.tsx";

/** One press, and what came of it for whoever shows it. */
export function useCopyDiagnostics() {
	const [busy, setBusy] = useState(false);
	const [said, setSaid] = useState("");
	const copy = async () => {
		setBusy(true);
		try {
			const { text, count } = await diagnosticsToCopy();
			await navigator.clipboard.writeText(text);
			setSaid(words.copy.done(count));
		} catch {
			setSaid(words.copy.failed);
		} finally {
			setBusy(false);
		}
	};
	return { busy: busy ? words.copy.copying : null, said, copy: () => void copy() };
}

/** Beside what went wrong: something to give to whoever helps. */
export function CopyDiagnostics() {
	const { busy, said, copy } = useCopyDiagnostics();
	return (
		<>
			<Button look="link" busy={busy} onPress={copy}>
				{words.copy.title}
			</Button>
			<p class="muted" role="status">
				{said}
			</p>
		</>
	);
}
