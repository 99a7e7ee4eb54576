import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { ask } from "../../../messages/ask.ts";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { connectionWords as words } from "../../words/options.ts";
import { useDoing } from "../use-doing.ts";

type WindowButtonProps = {
	provider: ProviderView;
	/** The connection that is to be reconnected. */
	connectionId?: string;
	label: string;
	look?: "main" | "plain";
	onConnected: (connectionId: string) => Promise<void>;
};

/** Connects in the provider's own window. The background opens it, so that it outlives this page; closing it changes nothing. */
export function WindowButton({ provider, connectionId, label, look = "main", onConnected }: WindowButtonProps) {
	const { busy, problem, run } = useDoing();
	const open = () =>
		run(async () => {
			const question = { provider: provider.id, ...(connectionId === undefined ? {} : { connectionId }) };
			const answer = await ask("connection.open", question);
			if (answer.kind === "failed") throw new Error(answer.message);
			if (answer.kind === "connected") await onConnected(answer.connectionId);
		});
	return (
		<>
			<Button look={look} busy={busy ? words.atProvider(provider.title) : null} onPress={open}>
				{label}
			</Button>
			<Problem>{problem}</Problem>
		</>
	);
}
