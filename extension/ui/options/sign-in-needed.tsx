import { Button } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { useSignIn } from "../parts/use-sign-in.ts";
import { optionsWords } from "../words/options.ts";

/** In place of what only a signed-in person can have. */
export function SignInNeeded({ children }: { children: string }) {
	const { busy, problem, signIn } = useSignIn();
	return (
		<div class="card">
			<Empty
				icon={problem ? "alert" : "person"}
				action={
					<Button look="main" busy={busy} onPress={signIn}>
						{optionsWords.signIn}
					</Button>
				}
			>
				{problem ?? children}
			</Empty>
		</div>
	);
}
