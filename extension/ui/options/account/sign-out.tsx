import { ask } from "../../../messages/ask.ts";
import { Button } from "../../parts/button.tsx";
import { accountEndWords as words } from "../../words/account-end.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { useDoing } from "../use-doing.ts";

/** What waits is said before: it goes out at the next sign-in here. */
export function SignOut() {
	const { records } = useWorld();
	const { busy, problem, run } = useDoing();
	const waiting = records.counts.waiting + records.counts.needsYou;
	const signOut = () =>
		run(async () => {
			await ask("session.signOut", {});
		});
	return (
		<section class="section" aria-label={words.signOut}>
			<ul class="card rows">
				<Deed title={words.signOutThis} body={words.signOutBody(waiting)} problem={problem}>
					<Button busy={busy ? words.signingOut : null} onPress={signOut}>
						{words.signOut}
					</Button>
				</Deed>
			</ul>
		</section>
	);
}
