import { failedWords } from "../words/shared.ts";
import { Button } from "./button.tsx";
import { Empty } from "./empty.tsx";

/** When the browser's own storage does not answer, there is nothing to draw from. */
export function PageFailed({ reason }: { reason: string }) {
	return (
		<Empty icon="alert" action={<Button onPress={() => location.reload()}>{failedWords.again}</Button>}>
			{reason || failedWords.storage}
		</Empty>
	);
}
