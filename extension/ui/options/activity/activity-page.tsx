import { activityWords as words } from "../../words/activity.ts";
import { useWorld } from "../context.ts";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { Changes } from "./changes.tsx";
import { DeliveryNumbers } from "./delivery-numbers.tsx";

/** What happened in this workspace: deliveries in numbers, and who changed what. */
export function ActivityPage() {
	const { account } = useWorld().settings;
	if (!account) return <SignInNeeded>{words.signIn}</SignInNeeded>;
	const who = `${account.userId} ${account.workspaceId}`;
	return (
		<>
			<p class="lead">{words.lead}</p>
			<DeliveryNumbers who={who} />
			<Changes who={who} />
		</>
	);
}
