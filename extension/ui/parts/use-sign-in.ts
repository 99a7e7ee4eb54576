import { useState } from "preact/hooks";
import { ask } from "../../messages/ask.ts";
import { signInWords } from "../words/shared.ts";

/** The background opens the window and writes the account into the settings: the popup may be gone by then. */
export function useSignIn() {
	const [busy, setBusy] = useState<string | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const signIn = async () => {
		setBusy(signInWords.opening);
		setProblem(null);
		try {
			const answer = await ask("session.signIn", {});
			if (answer.kind === "failed") setProblem(signInWords.failed(answer.message));
		} catch (error) {
			setProblem(signInWords.failed(error instanceof Error ? error.message : ""));
		} finally {
			setBusy(null);
		}
	};
	return { busy, problem, signIn: () => void signIn() };
}
