import { Button } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { failedWords } from "../words/shared.ts";

/** When the browser's own storage does not answer, there is nothing to draw from. */
export function PopupFailed({ reason }: { reason: string }) {
	return (
		<Empty icon="alert" action={<Button onPress={() => location.reload()}>{failedWords.again}</Button>}>
			{reason || failedWords.storage}
		</Empty>
	);
}
