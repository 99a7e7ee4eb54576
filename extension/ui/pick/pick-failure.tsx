import { optionsPath } from "../options/route.ts";
import { messageOf } from "../options/use-remote.ts";
import { Button, ButtonLink } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { useSignIn } from "../parts/use-sign-in.ts";
import { pickWords as words } from "../words/pick.ts";
import { helpFor, isOffline } from "./failure-help.ts";

type PickFailureProps = {
	failure: unknown;
	online: boolean;
	/** The account that was asked; null: none yet. */
	connectionId: string | null;
	/** It is tried again by itself after so long. */
	restMs?: number | null;
	onAgain: () => void;
	/** Takes the conditions away. */
	onNoConditions?: () => void;
};

/** What went wrong, what it means, and the one thing to press. */
export function PickFailure({ failure, online, restMs = null, ...rest }: PickFailureProps) {
	if (isOffline(failure, online)) return <Empty icon="offline">{words.offline}</Empty>;
	return (
		<div role="alert">
			<Empty icon="alert" action={<Help failure={failure} {...rest} />}>
				{messageOf(failure)}
				{restMs !== null && <> {words.againIn(restMs)}</>}
			</Empty>
		</div>
	);
}

function Help({ failure, connectionId, onAgain, onNoConditions }: Omit<PickFailureProps, "online" | "restMs">) {
	const help = helpFor(failure);
	if (help === "sign-in") return <SignInButton />;
	if (help === "account" && connectionId !== null) {
		return (
			<ButtonLink look="main" newTab href={optionsPath("connections", connectionId)}>
				{words.reconnect}
			</ButtonLink>
		);
	}
	if (help === "conditions" && onNoConditions) return <Button onPress={onNoConditions}>{words.showAll}</Button>;
	return <Button onPress={onAgain}>{words.tryAgain}</Button>;
}

/** For whoever is a guest, and for whose session has ended. */
export function SignInButton() {
	const { busy, problem, signIn } = useSignIn();
	return (
		<>
			<Button look="main" busy={busy} onPress={signIn}>
				{words.signInButton}
			</Button>
			{problem && <p role="alert">{problem}</p>}
		</>
	);
}
