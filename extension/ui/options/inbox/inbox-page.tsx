import { useEffect, useRef } from "preact/hooks";
import { Button, ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { inboxWords as words } from "../../words/inbox.ts";
import { may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { optionsPath } from "../route.ts";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { InboxCard } from "./inbox-card.tsx";
import { useInbox } from "./use-inbox.ts";

/** What targets hold for review: looked at, put right, let go or discarded, one after the other. */
export function InboxPage() {
	const { settings } = useWorld();
	return settings.account ? <Inbox /> : <SignInNeeded>{words.signIn}</SignInNeeded>;
}

function Inbox() {
	const { online } = useWorld();
	const inbox = useInbox();
	return (
		<>
			<p class="lead">{words.lead}</p>
			<RemoteView remote={inbox.remote} what={words.what} online={online} lines={3} onReload={inbox.reload}>
				{() => <Held inbox={inbox} />}
			</RemoteView>
		</>
	);
}

function Held({ inbox }: { inbox: ReturnType<typeof useInbox> }) {
	const world = useWorld();
	const { held, busy, problem } = inbox;
	const list = useFocusOnNext(held.map(({ view }) => view.id));
	const canApprove = may(world, "records:write");
	if (held.length === 0) {
		return (
			<div class="card">
				<Empty icon="archive" action={<ButtonLink href={optionsPath("targets")}>{words.emptyButton}</ButtonLink>}>
					{words.empty}
				</Empty>
			</div>
		);
	}
	const known = world.settings.targets.reduce((sum, { inReview }) => sum + inReview, 0);
	return (
		<>
			<div class="section-head">
				<p class="muted" role="status">
					{words.waiting(Math.max(known, held.length))}
				</p>
				{canApprove && held.length > 1 && (
					<Button busy={busy ? words.approving : null} onPress={inbox.approveAll}>
						{words.approveAll}
					</Button>
				)}
			</div>
			{!canApprove && <p class="muted">{words.lookOnly(world.settings.account?.workspaceName ?? "")}</p>}
			<Problem>{problem}</Problem>
			<ul class="inbox" ref={list}>
				{held.map((one) => (
					<InboxCard
						key={one.view.id}
						held={one}
						busy={inbox.doing === one.view.id}
						canApprove={canApprove}
						onType={(name, value) => inbox.type(one.view.id, name, value)}
						onApprove={() => inbox.approve(one)}
						onDiscard={(title) => inbox.discard(one, title)}
					/>
				))}
			</ul>
		</>
	);
}

/** When the card that had the focus is gone, the one in its place gets it: the next can be approved at once. */
function useFocusOnNext(ids: readonly string[]) {
	const list = useRef<HTMLUListElement>(null);
	const at = useRef<number>(-1);
	useEffect(() => {
		const cards = [...(list.current?.children ?? [])];
		const focused = cards.findIndex((card) => card.contains(document.activeElement));
		if (focused === -1 && at.current >= 0 && document.activeElement === document.body) {
			const next = cards[Math.min(at.current, cards.length - 1)];
			next?.querySelector<HTMLElement>("input, textarea, button")?.focus();
		}
		const remember = () => {
			const now = [...(list.current?.children ?? [])].findIndex((card) => card.contains(document.activeElement));
			if (now >= 0) at.current = now;
		};
		list.current?.addEventListener("focusin", remember);
		return () => list.current?.removeEventListener("focusin", remember);
	}, [ids.join()]);
	return list;
}
