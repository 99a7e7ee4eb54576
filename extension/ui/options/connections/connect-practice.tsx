import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { connectionWords as words } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { optionsPath } from "../route.ts";
import { useDoing } from "../use-doing.ts";

/** One press: connects the practice base and goes on to its suggested table. Draws nothing where there is no practice base. */
export function ConnectPractice() {
	const { catalog, client, reload } = useWorld();
	const { busy, problem, run } = useDoing();
	const provider =
		catalog.state === "ready" ? catalog.value.providers.find((one) => one.ways.includes("none")) : undefined;
	if (!provider) return null;
	const connect = () =>
		run(async () => {
			const connection = await client.createConnection({ provider: provider.id });
			await reload();
			location.href = optionsPath("targets", "new", connection.id);
		});
	return (
		<>
			<Button look="main" busy={busy ? words.connecting : null} onPress={connect}>
				{words.tryPractice}
			</Button>
			<Problem>{problem}</Problem>
		</>
	);
}
