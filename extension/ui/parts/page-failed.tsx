import { failedWords } from "../words/shared.ts";
import { Button } from "./button.tsx";
import { Empty } from "./empty.tsx";
import { lazy } from "./lazy.tsx";

const CopyDiagnostics = lazy(() => import("./copy-diagnostics.tsx").then((part) => part.CopyDiagnostics));

/** When the browser's own storage does not answer, there is nothing to draw from. */
export function PageFailed({ reason }: { reason: string }) {
	return (
		<Empty
			icon="alert"
			action={
				<>
					<Button onPress={() => location.reload()}>{failedWords.again}</Button>
					<CopyDiagnostics />
				</>
			}
		>
			{reason || failedWords.storage}
		</Empty>
	);
}
