import { useState } from "preact/hooks";
import type { Settings } from "../local/settings.ts";
import { optionsPath } from "../options/route.ts";
import { Banner } from "../parts/banner.tsx";
import { Button, ButtonLink } from "../parts/button.tsx";
import { useSignIn } from "../parts/use-sign-in.ts";
import { popupWords } from "../words/popup.ts";

/** One sentence under the head while something is still to be set up: first the sign-in, then a table. */
export function Strip({ settings }: { settings: Settings }) {
	// For this opening of the popup only: a guest who forgets that records stay here is worse off than one who is told twice.
	const [hidden, setHidden] = useState(false);
	if (!settings.account)
		return hidden || settings.sessionEndedAt !== null ? null : <GuestStrip onHide={() => setHidden(true)} />;
	if (settings.targets.length > 0) return null;
	return (
		<Banner
			icon="table"
			action={
				<ButtonLink size="small" newTab href={optionsPath("targets", "new")}>
					{popupWords.noTargetButton}
				</ButtonLink>
			}
		>
			{popupWords.noTarget}
		</Banner>
	);
}

function GuestStrip({ onHide }: { onHide: () => void }) {
	const { busy, problem, signIn } = useSignIn();
	return (
		<Banner
			tone={problem ? "warn" : "plain"}
			icon={problem ? "alert" : "cloud"}
			action={
				<Button size="small" busy={busy} onPress={signIn}>
					{popupWords.signIn}
				</Button>
			}
			dismiss={{ label: popupWords.dismiss, onPress: onHide }}
		>
			{problem ?? popupWords.guest}
		</Banner>
	);
}
